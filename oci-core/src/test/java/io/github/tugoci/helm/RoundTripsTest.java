package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.KnownHost;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many requests wait for one another where a registry is met for the first time and wants no
 * login; a token takes two more.
 */
class RoundTripsTest {
  private static final TransportOptions PLAIN =
      TransportOptions.builder().hostMemory(KnownHost.WITHOUT_SINGLE_POST).build();

  @TempDir private Path temp;
  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private ChartArchive chart;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    var source = Chart.read(SampleCharts.write(temp, "hello", "1.2.3"));
    chart = ChartPackager.reproducible().write(source, temp.resolve("packages"));
  }

  private Repository repository(RegistryClient of) {
    return of.repository(wire.host() + "/charts/hello");
  }

  @Test
  void aPushIsThreeRequestsWhereTheChartIsSmall() throws Exception {
    Charts.push(repository(client), chart, ChartPushOptions.defaults());

    assertThat(wire.exchanges())
        .extracting(exchange -> exchange.method() + " " + exchange.status())
        .containsExactly("POST 201", "POST 201", "PUT 201");
  }

  /** The first upload begins alone; the second begins while the first one's body is sent. */
  @Test
  @Timeout(60)
  void aPushIsFourRequestsDeepWhereUploadsAreOpenedFirst() throws Exception {
    var begun = new CountDownLatch(2);
    wire.failAll(
        (method, target) -> {
          if (method.equals("POST")) {
            begun.countDown();
          } else if (target.contains("/uploads/")) {
            awaitAll(begun); // a push that begins the second upload after this one waits for ever
          }
          return false;
        },
        new Fault.DropRequest());

    try (var plain = RegistryClient.create(PLAIN, Keychain.ANONYMOUS)) {
      Charts.push(repository(plain), chart, ChartPushOptions.defaults());
    }

    // POST; PUT beside POST; PUT; PUT of the manifest.
    assertThat(wire.exchanges())
        .extracting(Exchange::method)
        .containsExactlyInAnyOrder("POST", "POST", "PUT", "PUT", "PUT");
    assertThat(wire.exchanges().get(4).target()).endsWith("/manifests/1.2.3");
  }

  private static void awaitAll(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPullIsTwoRequestsDeep() throws Exception {
    Charts.push(repository(client), chart, ChartPushOptions.defaults());
    wire.reset();
    try (var other = RegistryClient.anonymous()) {
      Charts.pull(
          repository(other), new Tag("1.2.3"), temp.resolve("pulled"), ChartPullOptions.defaults());
    }
    assertThat(wire.exchanges()).extracting(Exchange::method).containsExactly("GET", "GET");
  }
}
