package io.github.tugoci.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.publish.PublishResult.Outcome;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publication does in a registry that asks for tokens, and what it costs there. */
class PublisherTest {
  private static final CopyOptions DEFAULTS = CopyOptions.defaults();
  private static final CopyOptions NO_OVERWRITE = CopyOptions.builder().overwrite(false).build();

  private final List<String> requests = new CopyOnWriteArrayList<>();

  @AutoClose
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.start(
          EmbeddedRegistryOptions.builder()
              .user("alice", "wonderland")
              .tokenAuthentication()
              .withoutContentDiscovery()
              .requestListener(
                  request ->
                      requests.add(
                          request.method()
                              + " "
                              + request.target().replaceFirst("\\?.*", "")
                              + " "
                              + request.status()))
              .build());

  @AutoClose private RegistryClient client = newClient();

  private final SampleImages images;
  private final ChartArchive chart;

  PublisherTest(@TempDir Path folder) throws IOException {
    images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 1000, 2000)
            .index("web", "linux/amd64", "linux/arm64");
    chart =
        ChartPackager.reproducible()
            .write(Chart.read(SampleCharts.write(folder, "shop", "1.0.0+7")), folder);
  }

  private RegistryClient newClient() {
    return RegistryClient.create(
        TransportOptions.defaults(),
        Keychain.of(registry.host(), new Credential.Password("alice", "wonderland", "the test")));
  }

  private ContentSource layout() throws IOException {
    return OciLayout.open(images.layout());
  }

  private Repository repository(String name) {
    return client.repository(registry.host() + "/acme/" + name);
  }

  private Publication.Builder api(String... tags) throws IOException {
    return Publication.tagged(List.of(tags))
        .image("api", layout(), Selector.parse("api"), repository("shop/api"));
  }

  private Publication release(String... tags) throws IOException {
    return api(tags)
        .image("web", layout(), Selector.parse("web"), repository("shop/web"))
        .chart(chart, repository("charts/shop"), ChartPushOptions.defaults())
        .build();
  }

  private static List<Outcome> outcomes(PublishResult published) {
    return published.items().stream().map(PublishResult.Item::outcome).toList();
  }

  @Test
  void imagesAndChartAreThereUnderTheirTags() throws Exception {
    var published = Publisher.publish(release("abc", "latest"), DEFAULTS);

    assertThat(outcomes(published)).containsOnly(Outcome.PUSHED);
    var web = published.images().get(1);
    assertThat(web.name()).isEqualTo("web");
    assertThat(web.descriptor()).isEqualTo(images.descriptor("web"));
    assertThat(web.reference()).hasToString(registry.host() + "/acme/shop/web:abc");
    assertThat(web.pinned()).hasToString(web.reference() + "@" + images.descriptor("web").digest());
    assertThat(repository("shop/web").tags().list()).containsExactly("abc", "latest");
    assertThat(repository("shop/api").resolve("latest")).isEqualTo(images.descriptor("api"));
    var packaged = published.chart().orElseThrow();
    assertThat(packaged.reference()).hasToString(registry.host() + "/acme/charts/shop:1.0.0_7");
    assertThat(repository("charts/shop").resolve("1.0.0_7")).isEqualTo(packaged.descriptor());
  }

  @Test
  void tagsComeLastAndTheChartsVeryLast() throws Exception {
    Publisher.publish(release("abc"), DEFAULTS);

    var writes = requests.stream().filter(line -> line.startsWith("PUT ")).toList();
    assertThat(writes.subList(writes.size() - 3, writes.size() - 1))
        .containsExactlyInAnyOrder(
            "PUT /v2/acme/shop/api/manifests/abc 201", "PUT /v2/acme/shop/web/manifests/abc 201");
    assertThat(writes.get(writes.size() - 1))
        .isEqualTo("PUT /v2/acme/charts/shop/manifests/1.0.0_7 201");
    assertThat(writes.get(writes.size() - 4))
        .startsWith("PUT /v2/acme/charts/shop/manifests/sha256:");
  }

  /**
   * A repository costs a look at its tag, tokens to read and to write it, two requests a blob, one
   * a manifest, one a tag; the first to come learns where tokens are.
   */
  @Test
  void aFirstPublicationCostsTwoRequestsABlobAndAnUnchangedOneAQuestionATag() throws Exception {
    int blobs = 3 + 2 * 3 + 2;
    int manifests = 1 + 3 + 1;
    Publisher.publish(release("abc"), DEFAULTS);
    var challenges = requests.stream().filter(line -> line.endsWith(" 401")).toList();
    assertThat(challenges).hasSizeBetween(1, 3);
    assertThat(requests).hasSize(challenges.size() + 3 * (1 + 2 + 1) + 2 * blobs + manifests);

    requests.clear();
    var again = Publisher.publish(release("abc"), DEFAULTS);
    assertThat(outcomes(again)).containsOnly(Outcome.PRESENT);
    assertThat(requests).hasSize(3).allMatch(line -> line.matches("HEAD .* 200"));
  }

  @Test
  void anotherMachineFindsEverythingInPlaceToo() throws Exception {
    Publisher.publish(release("abc"), DEFAULTS);
    client.close();
    client = newClient();
    requests.clear();

    var again = Publisher.publish(release("abc"), DEFAULTS);

    assertThat(outcomes(again)).containsOnly(Outcome.PRESENT);
    // A GET follows a 404 as long as the registry hasn't answered one HEAD well.
    assertThat(requests).allMatch(line -> line.startsWith("HEAD ") || line.startsWith("GET "));
  }

  @Test
  void whatIsThereIsOnlyTagged() throws Exception {
    Publisher.publish(api("abc").build(), DEFAULTS);
    client.close();
    client = newClient();

    var again = Publisher.publish(api("abc", "stable").build(), DEFAULTS);

    assertThat(outcomes(again)).containsExactly(Outcome.TAGGED);
    assertThat(again.images().get(0).transferred().bytes()).isZero();
    assertThat(repository("shop/api").tags().list()).containsExactly("abc", "stable");
  }

  @Test
  void anImageThatIsThereIsOnlyLookedUp() throws Exception {
    Publisher.publish(api("old").build(), DEFAULTS);
    var digest = images.descriptor("api").digest();
    var old = Reference.parse(registry.host() + "/acme/shop/api:old");
    requests.clear();

    var published =
        Publisher.publish(
            Publication.tagged(List.of("abc"))
                .imageThere("api", client, old)
                .imageThere("worker", client, old.withoutTagAndDigest().withDigest(digest))
                .build(),
            DEFAULTS);

    assertThat(outcomes(published)).containsOnly(Outcome.PRESENT);
    assertThat(published.images().get(0).reference()).isEqualTo(old);
    assertThat(published.images().get(0).pinned()).hasToString(old + "@" + digest);
    assertThat(published.images().get(1).pinned()).isEqualTo(published.images().get(1).reference());
    assertThat(requests).hasSize(2).allMatch(line -> line.startsWith("GET "));
    assertThatThrownBy(
            () -> Publication.tagged(List.of("abc")).imageThere("api", client, old.withTag("none")))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void aPlanWritesNothingAndTellsWhatWouldBe() throws Exception {
    assertThat(outcomes(Publisher.plan(release("abc"), DEFAULTS))).containsOnly(Outcome.PUSHED);
    Publisher.publish(api("abc").build(), DEFAULTS);
    var plan = Publisher.plan(release("abc"), DEFAULTS);
    var other = Publisher.plan(api("abc", "more").build(), DEFAULTS);

    assertThat(outcomes(plan)).containsExactly(Outcome.PRESENT, Outcome.PUSHED, Outcome.PUSHED);
    assertThat(outcomes(other)).containsExactly(Outcome.TAGGED);
    assertThat(plan.images().get(1).pinned())
        .hasToString(registry.host() + "/acme/shop/web:abc@" + images.descriptor("web").digest());
    assertThat(requests).noneMatch(line -> line.contains("/shop/web/") && !line.startsWith("HEAD"));
  }

  @Test
  void aTagThatMustNotMoveStopsAllBeforeAnythingIsSent() throws Exception {
    Publisher.publish(
        Publication.tagged(List.of("abc"))
            .image("web", layout(), Selector.parse("api"), repository("shop/web"))
            .build(),
        DEFAULTS);
    requests.clear();

    assertThatThrownBy(() -> Publisher.publish(release("abc"), NO_OVERWRITE))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("tag exists with other content: " + repository("shop/web") + ":abc");
    assertThatThrownBy(() -> Publisher.plan(release("abc"), NO_OVERWRITE))
        .isInstanceOf(AlreadyExistsException.class);
    // A GET follows a 404 as long as the registry hasn't answered one HEAD well.
    assertThat(requests).allMatch(line -> line.startsWith("HEAD ") || line.startsWith("GET "));

    Publisher.publish(release("abc"), DEFAULTS);
    assertThat(repository("shop/web").resolve("abc")).isEqualTo(images.descriptor("web"));
    assertThat(outcomes(Publisher.publish(release("abc"), NO_OVERWRITE)))
        .containsOnly(Outcome.PRESENT);
  }

  /** Somebody else takes the tag while the chart is on its way. */
  @Test
  void aTagIsLookedAtOnceMoreBeforeItIsSet() throws Exception {
    var publication = release("abc");
    var thief =
        new ProgressListener() {
          @Override
          public void finished(Descriptor blob, ContentTarget.Outcome outcome) {
            if (blob.equals(chart.descriptor())) {
              take();
            }
          }

          private void take() {
            try {
              Publisher.publish(
                  Publication.tagged(List.of("abc"))
                      .image("web", layout(), Selector.parse("api"), repository("shop/web"))
                      .build(),
                  DEFAULTS);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    var options = CopyOptions.builder().overwrite(false).progress(thief).build();

    assertThatThrownBy(() -> Publisher.publish(publication, options))
        .isInstanceOf(AlreadyExistsException.class);

    assertThat(repository("shop/web").resolve("abc")).isEqualTo(images.descriptor("api"));
    assertThat(repository("charts/shop").manifests().head(new Tag("1.0.0_7"))).isEmpty();
  }

  @Test
  void anInterruptedPublicationMovesNoTagAndGoesOnLater() throws Exception {
    var publication = release("abc");
    var publisher = Thread.currentThread();
    var once = new AtomicBoolean();
    var interrupting =
        new ProgressListener() {
          @Override
          public void finished(Descriptor blob, ContentTarget.Outcome outcome) {
            if (!once.getAndSet(true)) {
              publisher.interrupt();
            }
          }
        };
    var options = CopyOptions.builder().progress(interrupting).build();

    assertThatThrownBy(() -> Publisher.publish(publication, options))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();

    assertThat(requests).noneMatch(line -> line.matches("PUT .*/manifests/(abc|1.0.0_7) .*"));
    Publisher.publish(publication, DEFAULTS);
    assertThat(repository("shop/web").resolve("abc")).isEqualTo(images.descriptor("web"));
  }

  @Test
  void whatCantBeMeantIsRefusedBeforeAnythingIsSent() throws Exception {
    var none = Publication.tagged(List.of("abc"));
    var twice = api("abc").image("api", layout(), Selector.parse("web"), repository("shop/web"));
    var oneTarget =
        api("abc").image("web", layout(), Selector.parse("web"), repository("shop/api"));
    var options = ChartPushOptions.defaults();

    assertThatThrownBy(none::build).hasMessage("invalid publication: neither images nor a chart");
    assertThatThrownBy(twice::build).hasMessage("invalid publication: two images are named api");
    assertThatThrownBy(oneTarget::build)
        .hasMessage(
            "invalid publication: two items have the repository "
                + registry.host()
                + "/acme/shop/api");
    assertThatThrownBy(() -> Publication.tagged(List.of())).hasMessageContaining("no tag");
    assertThatThrownBy(() -> Publication.tagged(List.of("a", "b,c")))
        .hasMessageContaining("invalid tag \"b,c\"");
    assertThatThrownBy(() -> none.chart(chart, repository("charts/store"), options))
        .hasMessageContaining("Helm requires the chart's name");
    assertThatThrownBy(
            () -> none.imageThere("x", client, Reference.parse(registry.host() + "/acme/x")))
        .hasMessageContaining("missing tag or digest");
    assertThatThrownBy(() -> none.image("x", layout(), Selector.parse("none"), repository("x")))
        .isInstanceOf(NotFoundException.class);
    assertThat(requests).isEmpty();
  }

  @Test
  void aChartIsNoImage() throws Exception {
    Publisher.publish(release("abc"), DEFAULTS);
    var there = repository("charts/shop").reference().withTag("1.0.0_7");

    assertThatThrownBy(() -> Publication.tagged(List.of("x")).imageThere("x", client, there))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(there + " is a Helm chart, not an image");
  }

  @Test
  void damagedContentMovesNoTag() throws Exception {
    var store = new MemoryStore();
    var config = store.add(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("as it should be"));
    store.add(layer, Blob.of(Bytes.of("as it mustn't b")));
    var root = store.add(ImageManifest.builder(config).layers(List.of(layer)).build());
    var publication = api("abc").image("web", store, root.digest(), repository("shop/web")).build();

    assertThatThrownBy(() -> Publisher.publish(publication, DEFAULTS))
        .isInstanceOf(InvalidContentException.class);
    assertThat(repository("shop/api").manifests().head(new Tag("abc"))).isEmpty();
  }

  @Test
  void imagesThatDontSayTheirSourceAreNamed() throws Exception {
    var store = new MemoryStore();
    var labelled =
        store.add(
            MediaType.OCI_CONFIG,
            Bytes.of(
                "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{\"%s\":\"x\"}}}"
                    .formatted(Annotations.SOURCE)));
    var broken = store.add(MediaType.OCI_CONFIG, Bytes.of("no json"));
    store.tag(store.add(ImageManifest.builder(labelled).build()), new Tag("label"));
    store.tag(store.add(ImageManifest.builder(broken).build()), new Tag("broken"));
    store.tag(
        store.add(
            ImageManifest.builder(broken).annotations(Map.of(Annotations.SOURCE, "x")).build()),
        new Tag("annotation"));
    Publisher.publish(api("abc").build(), DEFAULTS);

    var publication =
        api("abc")
            .image("label", store, Selector.parse("label"), repository("a"))
            .image("broken", store, Selector.parse("broken"), repository("b"))
            .image("annotation", store, Selector.parse("annotation"), repository("c"))
            .image("web", layout(), Selector.parse("web"), repository("d"))
            .imageThere("there", client, repository("shop/api").reference().withTag("abc"))
            .build();

    assertThat(publication.withoutSource()).containsExactly("api", "broken", "web");
  }
}
