package io.github.tugoci.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A publication in which one request fails, each in its turn, on a client that gives up at once.
 */
class BrokenPublicationTest {
  private static final List<String> IMAGES = List.of("api", "web");
  private static final String TAG = "abc";
  private static final String VERSION = "1.0.0";

  private final SampleImages images;
  private final ChartArchive chart;

  BrokenPublicationTest(@TempDir Path folder) throws IOException {
    images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 100, 200)
            .index("web", "linux/amd64");
    chart =
        ChartPackager.reproducible()
            .write(Chart.read(SampleCharts.write(folder, "shop", VERSION)), folder);
  }

  /** A registry, and a client that comes to it through a proxy. */
  private record Site(EmbeddedRegistry registry, RecordingProxy proxy, RegistryClient client)
      implements AutoCloseable {
    static Site start() throws IOException {
      var registry = EmbeddedRegistry.start();
      var options =
          TransportOptions.builder().retryPolicy(RetryPolicy.defaults().withRetries(0)).build();
      return new Site(
          registry,
          RecordingProxy.before(registry.uri()),
          RegistryClient.create(options, Keychain.ANONYMOUS));
    }

    @Override
    public void close() throws IOException {
      client.close();
      proxy.close();
      registry.close();
    }
  }

  private PublishResult publish(Site site) throws IOException {
    var host = site.proxy().host();
    var publication = Publication.tagged(List.of(TAG));
    for (var name : IMAGES) {
      publication.image(
          name,
          OciLayout.open(images.layout()),
          Selector.parse(name),
          site.client().repository(host + "/acme/shop/" + name));
    }
    return Publisher.publish(
        publication
            .chart(
                chart,
                site.client().repository(host + "/acme/charts/shop"),
                ChartPushOptions.defaults())
            .build(),
        CopyOptions.builder().concurrency(1).build());
  }

  private boolean succeeds(Site site) throws IOException {
    try {
      publish(site);
      return true;
    } catch (OciException e) {
      return false;
    }
  }

  /** The tags that are there, each of which leads to what was published. */
  private List<String> tags(Site site) throws IOException {
    var found = new ArrayList<String>();
    try (var other = RegistryClient.anonymous()) {
      var host = site.registry().host();
      for (var name : IMAGES) {
        var repository = other.repository(host + "/acme/shop/" + name);
        for (var tag : listed(repository)) {
          assertThat(repository.resolve(tag)).isEqualTo(images.descriptor(name));
          found.add(name + ":" + tag);
        }
      }
      for (var tag : listed(other.repository(host + "/acme/charts/shop"))) {
        found.add("shop:" + tag);
      }
    }
    return found;
  }

  private static List<String> listed(Repository repository) throws IOException {
    try {
      return repository.tags().list();
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(new Fault.Answer(503), new Fault.LoseResponse());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void noTagMovesBeforeAllIsThereAndAnotherRunCompletes(Fault fault) throws Exception {
    var all = List.of("api:" + TAG, "web:" + TAG, "shop:" + VERSION);
    int requests;
    try (var site = Site.start()) {
      publish(site);
      requests = site.proxy().exchanges().size();
      assertThat(tags(site)).isEqualTo(all);
    }
    int firstTag = requests - all.size() + 1;
    int broken = 0;
    for (int number = 1; number <= requests; number++) {
      try (var site = Site.start()) {
        site.proxy().failAt(number, fault);

        // What is sent again on a new connection, as HTTP allows for some requests, isn't lost, and
        // a mount that fails is a plain upload.
        boolean lost = fault instanceof Fault.LoseResponse;
        boolean done = succeeds(site);
        broken += done ? 0 : 1;
        int moved = Math.max(0, number - firstTag + (lost ? 1 : 0));
        assertThat(tags(site))
            .as("request %d", number)
            .isEqualTo(done ? all : all.subList(0, moved));

        var again = publish(site);
        assertThat(tags(site)).as("request %d", number).isEqualTo(all);
        assertThat(again.items()).extracting(item -> item.descriptor().digest()).hasSize(3);
      }
    }
    assertThat(broken).isPositive();
  }

  @Test
  void thatAnImageIsThereIsFoundInTheMiddle() throws Exception {
    try (var site = Site.start()) {
      site.proxy().fail(1, "PUT", "/charts/shop/manifests/", new Fault.Answer(503));
      assertThatThrownBy(() -> publish(site)).isInstanceOf(OciException.class);

      assertThat(publish(site).items())
          .extracting(PublishResult.Item::outcome)
          .containsExactly(
              PublishResult.Outcome.TAGGED,
              PublishResult.Outcome.TAGGED,
              PublishResult.Outcome.TAGGED);
    }
  }
}
