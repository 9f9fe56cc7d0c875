package io.github.tugoci.registry;

import static io.github.tugoci.fixture.GhcrBehaviour.BLOBS_ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.GhcrAnswer;
import io.github.tugoci.fixture.GhcrBehaviour;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.SimulatedGhcr;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What pushes, pulls and copies do at GHCR, by what it is asked; everything it is known to do. */
class GhcrTest {
  private static final Bytes LAYER = Bytes.of("layer".repeat(2000));
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);

  private final Path folder;
  private final SampleImages images;

  @AutoClose
  @SuppressWarnings("NullAway.Init") // each test starts its own
  private GhcrSite site;

  GhcrTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.images =
        SampleImages.in(folder.resolve("images"))
            .image("one", 10_000, 20_000)
            .index("all", "linux/amd64", "linux/arm64");
  }

  private void push(String tag) throws IOException {
    Copier.copy(
        OciLayout.open(images.layout()), tag, site.app(), List.of(tag), CopyOptions.defaults());
  }

  private OciLayout pull(Repository from, String tag) throws IOException {
    var layout = OciLayout.create(folder.resolve("pulled-" + tag));
    Copier.copy(from, tag, layout, List.of(tag), CopyOptions.defaults());
    assertThat(layout.resolve(Selector.parse(tag)).digest())
        .isEqualTo(images.descriptor(tag).digest());
    return layout;
  }

  @ParameterizedTest
  @EnumSource
  void imagesAndIndexesGoThereAndComeBack(GhcrBehaviour behaviour) throws Exception {
    site = GhcrSite.start(behaviour.alone());

    push("one");
    push("all");
    var other = site.client().repository("ghcr.io/acme/other");
    Copier.copy(site.app(), "one", other, List.of("one"), CopyOptions.defaults());
    pull(other, "one");
    pull(site.app(), "all");

    assertThat(site.app().tags().list()).containsExactly("all", "one");
    assertThat(site.ghcr().exchanges())
        .as("the registry's own hosts alone are shown who asks")
        .filteredOn(exchange -> !exchange.target().startsWith("https://ghcr.io/"))
        .hasSizeGreaterThanOrEqualTo(behaviour.alone().contains(BLOBS_ELSEWHERE) ? 9 : 0)
        .allMatch(exchange -> !exchange.requestHeaders().containsKey("authorization"));
  }

  @Test
  void aPushAsksForItsTokenFirstAndForNoMoreThanItNeeds() throws Exception {
    site = GhcrSite.start();
    push("one");

    assertThat(site.ghcr().requests()).first().isEqualTo("GET https://ghcr.io/token 200");
    assertThat(site.exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .containsExactly(
            "https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull%2Cpush");
    assertThat(site.ghcr().requests()).noneMatch(request -> request.endsWith("401"));

    site.reconnect(SimulatedGhcr.SECRET, known -> known);
    pull(site.app(), "one");
    assertThat(site.exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .allMatch(target -> target.endsWith("%3Apull"));
  }

  @Test
  void aReaderReadsAndIsRefusedToWrite() throws Exception {
    site = GhcrSite.start();
    push("one");
    site.ghcr().user("bob", "ghp_bob", "acme/app", "pull");
    site.reconnect("bob", "ghp_bob", known -> known);

    pull(site.app(), "one");
    assertThatThrownBy(() -> site.app().blobs().push(DESCRIPTOR, Blob.of(LAYER)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("bob");
  }

  @Test
  void aPingLearnsNothingFromThePlaceholderScope() throws Exception {
    site = GhcrSite.start();
    site.client().ping("ghcr.io");

    assertThat(site.exchanges("GET", "/token"))
        .extracting(Exchange::target)
        .containsExactly("https://ghcr.io/token?service=ghcr.io");
  }

  @Test
  void anExpiredTokenIsRenewedOnce() throws Exception {
    site = GhcrSite.start();
    push("one");
    site.ghcr().expireTokens();
    site.ghcr().reset();

    site.app().resolve("one");
    assertThat(site.ghcr().requests())
        .containsExactly(
            "HEAD https://ghcr.io/v2/acme/app/manifests/one 401",
            "GET https://ghcr.io/token 200",
            "HEAD https://ghcr.io/v2/acme/app/manifests/one 200");
  }

  @Test
  void aStaleCredentialDoesNotSpoilAPublicPullAndIsTold() throws Exception {
    site = GhcrSite.start();
    push("one");
    site.reconnect("ghp_stale", known -> known);
    assertThatThrownBy(() -> site.app().resolve("one"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("refuses the password of alice from a test");

    site.ghcr().publish("acme/app");
    site.reconnect("ghp_stale", known -> known);
    pull(site.app(), "one");
    assertThat(site.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("refuses", "a test", "log out");
    assertThatThrownBy(() -> push("one")).isInstanceOf(AuthenticationException.class);
  }

  @Test
  void nobodySeesAPrivatePackageAndEverybodyAPublicOne() throws Exception {
    site = GhcrSite.start();
    push("one");
    site.reconnect("", known -> known);
    assertThatThrownBy(() -> site.app().resolve("one")).isInstanceOf(AuthenticationException.class);

    site.ghcr().publish("acme/app");
    assertThat(site.app().resolve("one")).isEqualTo(images.descriptor("one"));
  }

  @Test
  void layersAreMountedFromASiblingOrSentWhereThatIsRefused() throws Exception {
    site = GhcrSite.start();
    push("one");
    var other = site.client().repository("ghcr.io/acme/other");
    var mounted = Copier.copy(site.app(), "one", other, List.of("one"), CopyOptions.defaults());
    assertThat(mounted.mounted()).isEqualTo(3);

    site.close();
    site = GhcrSite.start(GhcrBehaviour.NO_MOUNTS);
    push("one");
    var sent =
        Copier.copy(
            site.app(),
            "one",
            site.client().repository("ghcr.io/acme/other"),
            List.of("one"),
            CopyOptions.defaults());
    assertThat(sent.blobs()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aLimitIsWaitedForAsItSays(boolean secondary) throws Exception {
    site = GhcrSite.start();
    var limit = secondary ? GhcrAnswer.secondaryRateLimit() : GhcrAnswer.rateLimit();
    site.ghcr().answer(1, "PUT", "/manifests/", limit);

    push("one");

    assertThat(site.exchanges("PUT", "/manifests/"))
        .extracting(Exchange::status)
        .containsExactly(limit.status(), 201);
  }

  @ParameterizedTest
  @EnumSource(names = {"PLACEHOLDER_SCOPE", "REFERRERS_LEAD_AWAY", "REFERRERS_LEAD_TO_A_LIMIT"})
  void whatRefersToAnImageIsKeptUnderItsFallbackTag(GhcrBehaviour behaviour) throws Exception {
    site = GhcrSite.start(behaviour);
    push("one");
    var config = Bytes.of("{}");
    site.app().blobs().push(Descriptor.of(MediaType.EMPTY_JSON, config), Blob.of(config));
    var referrer =
        ImageManifest.builder(Descriptor.of(MediaType.EMPTY_JSON, config))
            .artifactType(MediaType.parse("application/vnd.example.signature"))
            .subject(images.descriptor("one"))
            .build();
    site.app().push(referrer.descriptor(), Blob.of(referrer.bytes()));

    var tag = Referrers.fallbackTag(images.descriptor("one").digest());
    assertThat(site.app().tags().list()).contains(tag);
    assertThat(site.app().referrers().list(images.descriptor("one").digest()))
        .extracting(Descriptor::digest)
        .containsExactly(referrer.bytes().digest());
    assertThat(site.exchanges("GET", "/referrers/")).isEmpty();

    // Who doesn't know GHCR asks once, and isn't led astray.
    site.reconnect(SimulatedGhcr.SECRET, known -> known.withReferrersApi(true));
    for (int i = 0; i < 2; i++) {
      assertThat(site.app().referrers().list(images.descriptor("one").digest())).hasSize(1);
    }
    assertThat(site.exchanges("GET", "/referrers/")).hasSize(1);
    assertThat(site.exchanges("GET", "https://github.com")).isEmpty();
  }

  @Test
  void tagsComeInPagesUpToTheOneWithoutAny() throws Exception {
    site = GhcrSite.start();
    push("one");
    for (var tag : List.of("a", "b", "c")) {
      site.app().tag(images.descriptor("one"), tag);
    }

    assertThat(site.app().tags().list()).containsExactly("a", "b", "c", "one");
    assertThat(site.exchanges("GET", "/tags/list")).hasSize(3);
  }

  @Test
  void nothingIsDeletedThroughTheRegistry() throws Exception {
    site = GhcrSite.start();
    push("one");

    assertThatThrownBy(() -> site.app().manifests().delete(new Tag("one")))
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(405));
  }

  @Test
  void whatWasNeverPushedIsNotAskedForTwice() throws Exception {
    site = GhcrSite.start();
    push("one");
    assertThat(site.app().manifests().head(new Tag("one"))).isPresent();
    site.ghcr().reset();

    assertThat(site.app().manifests().head(new Tag("none"))).isEmpty();
    assertThat(site.ghcr().requests()).hasSize(1);
  }
}
