package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PushedChart;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests, connections and bytes a chart costs where tokens are asked for. */
class RequestsIT {
  private static final ChartPushOptions ONE_BY_ONE =
      ChartPushOptions.builder().copy(CopyOptions.builder().concurrency(1).build()).build();

  private final Path temp;
  private final ChartArchive chart;

  @AutoClose private Site site;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;

  RequestsIT(@TempDir Path temp) throws IOException {
    this.temp = temp;
    var source = Chart.read(SampleCharts.write(temp, "hello", "1.2.3"));
    chart = ChartPackager.reproducible().write(source, temp.resolve("packages"));
  }

  @BeforeEach
  void start() throws Exception {
    site = Site.start(Access.TOKENS);
    wire = RecordingProxy.before(site.registry().uri());
    client = site.client(wire);
  }

  @Test
  void aColdPushTakesAtMostSevenRequests() throws Exception {
    push(ChartPushOptions.defaults());
    assertThat(requests()).hasSizeLessThanOrEqualTo(7);
  }

  @Test
  void aColdPullTakesAtMostFourRequests() throws Exception {
    push(ChartPushOptions.defaults());
    forget();
    try (var other = site.client(wire)) {
      var pulled =
          Charts.pull(
              repository(other),
              new Tag("1.2.3"),
              temp.resolve("pulled"),
              ChartPullOptions.defaults());
      assertThat(Files.mismatch(pulled.path(), chart.path())).isEqualTo(-1);
    }
    assertThat(requests()).hasSizeLessThanOrEqualTo(4);
  }

  @Test
  void anUnchangedChartTakesAtMostThreeRequestsAndNoBodies() throws Exception {
    push(ChartPushOptions.defaults());
    forget();
    push(ChartPushOptions.defaults());
    assertThat(requests()).hasSizeLessThanOrEqualTo(3);
    assertThat(sentBytes()).isZero();
  }

  /**
   * But for the first small one, if the registry wasn't known: it finds out that a token is needed,
   * and that the POST opens an upload only.
   */
  @Test
  void eachBodyIsSentOnce() throws Exception {
    var first = Bytes.of("first");
    repository(client).eagerPush(Descriptor.of(MediaType.OCI_LAYER, first), Blob.of(first));
    assertThat(sentBytes()).isEqualTo(3L * first.size());
    forget();

    var pushed = push(ChartPushOptions.defaults());
    assertThat(sentBytes())
        .isEqualTo(
            chart.metadata().toJson().size()
                + chart.descriptor().size()
                + pushed.manifest().size());
  }

  @Test
  void whatIsDoneInTurnTakesOneConnection() throws Exception {
    push(ONE_BY_ONE);
    Charts.pull(
        repository(client), new Tag("1.2.3"), temp.resolve("pulled"), ChartPullOptions.defaults());
    assertThat(wire.connections()).isEqualTo(1);
  }

  /** Where no tokens are asked for, as our Helm has no stored login here. */
  @Test
  void aPushTakesHalfOfHelmsRequests() throws Exception {
    try (var open = Site.start(Access.OPEN);
        var both = RecordingProxy.before(open.registry().uri());
        var ours = open.client(both)) {
      HelmOracle.push(chart.path(), both.host(), "helm");
      int helms = both.exchanges().size();
      both.reset();

      Charts.push(ours.repository(both.host() + "/ours/hello"), chart, ChartPushOptions.defaults());

      assertThat(both.exchanges()).hasSize(5);
      assertThat(helms).isEqualTo(10);
    }
  }

  private PushedChart push(ChartPushOptions options) throws IOException {
    return Charts.push(repository(client), chart, options);
  }

  private Repository repository(RegistryClient by) {
    return by.repository(wire.host() + "/charts/hello");
  }

  private void forget() {
    wire.reset();
    site.tokens().reset();
  }

  /** Those to the registry and those to the token server. */
  private List<String> requests() {
    var requests = new ArrayList<>(site.tokens().requests());
    wire.exchanges().forEach(exchange -> requests.add(exchange.toString()));
    return requests;
  }

  private long sentBytes() {
    return wire.exchanges().stream().mapToLong(Exchange::requestBytes).sum();
  }
}
