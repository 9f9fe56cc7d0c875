package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.DockerRegistry;
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
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.ImageManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts on a real registry: counted on the wire, and shared with the real Helm. */
class ChartsIT {
  private final Path temp;

  ChartsIT(@TempDir Path temp) {
    this.temp = temp;
  }

  private ChartArchive archive(String name) throws IOException {
    var chart = Chart.read(SampleCharts.write(temp.resolve("source"), name, "1.2.3"));
    return ChartPackager.reproducible().write(chart, temp.resolve("packages"));
  }

  @Test
  void aColdPushTakesSevenRequestsAndSendsEachBodyOnce() throws Exception {
    var archive = archive("hello");
    try (var site = Site.start(Access.TOKENS);
        var wire = RecordingProxy.before(site.registry().uri());
        var client = site.client(wire)) {
      var pushed =
          Charts.push(
              client.repository(wire.host() + "/charts/hello"),
              archive,
              ChartPushOptions.defaults());

      assertThat(wire.exchanges().size() + site.tokens().requests().size())
          .as("%s", wire.exchanges())
          .isEqualTo(7);
      assertThat(wire.exchanges().stream().mapToLong(Exchange::requestBytes).sum())
          .isEqualTo(
              archive.descriptor().size()
                  + archive.metadata().toJson().size()
                  + pushed.manifest().size());
    }
  }

  @Test
  void anUnchangedPushAgainAsksAndSendsNothing() throws Exception {
    var archive = archive("hello");
    try (var site = Site.start(Access.TOKENS);
        var wire = RecordingProxy.before(site.registry().uri());
        var client = site.client(wire)) {
      var repository = client.repository(wire.host() + "/charts/hello");
      Charts.push(repository, archive, ChartPushOptions.defaults());
      wire.reset();
      site.tokens().reset();

      Charts.push(repository, archive, ChartPushOptions.defaults());

      assertThat(wire.exchanges().size() + site.tokens().requests().size()).isLessThanOrEqualTo(3);
      assertThat(wire.exchanges().stream().mapToLong(Exchange::requestBytes).sum()).isZero();
    }
  }

  @Test
  void aColdPullTakesFourRequests() throws Exception {
    var archive = archive("hello");
    try (var site = Site.start(Access.TOKENS);
        var wire = RecordingProxy.before(site.registry().uri())) {
      try (var client = site.client(wire)) {
        Charts.push(
            client.repository(wire.host() + "/charts/hello"), archive, ChartPushOptions.defaults());
      }
      wire.reset();
      site.tokens().reset();
      try (var client = site.client(wire)) {
        var pulled =
            Charts.pull(
                client.repository(wire.host() + "/charts/hello"),
                "1.2.3",
                temp.resolve("out"),
                ChartPullOptions.defaults());

        assertThat(pulled.path()).hasSameBinaryContentAs(archive.path());
      }
      assertThat(wire.exchanges().size() + site.tokens().requests().size())
          .as("%s", wire.exchanges())
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void helmShowsWhatWePushed() throws Exception {
    var archive = archive("hello");
    try (var site = Site.start(Access.OPEN);
        var client = site.client()) {
      var host = site.registry().host();
      Charts.push(client.repository(host + "/charts/hello"), archive, ChartPushOptions.defaults());

      assertThat(HelmOracle.showChart("oci://" + host + "/charts/hello", "1.2.3"))
          .contains("name: hello", "version: 1.2.3", "description: Says \"hello\"");
      assertThat(HelmOracle.showValues("oci://" + host + "/charts/hello", "1.2.3"))
          .contains("who: world");
    }
  }

  @Test
  void weSeeHelmsPushAsOurOwnWhereTheTimeIsTheSame() throws Exception {
    var archive = archive("hello");
    try (var site = Site.start(Access.OPEN);
        var client = site.client()) {
      var host = site.registry().host();
      HelmOracle.push(archive.path(), host, "helm");
      var helms = client.repository(host + "/helm/hello");
      var ours = client.repository(host + "/ours/hello");
      var manifest = (ImageManifest) helms.manifest("1.2.3");
      var created = OffsetDateTime.parse(manifest.annotations().get(Annotations.CREATED));

      var pushed = Charts.push(ours, archive, ChartPushOptions.defaults().withCreated(created));
      var pulled = Charts.pull(helms, "1.2.3", temp.resolve("out"), ChartPullOptions.defaults());

      assertThat(pushed.manifest().digest()).isEqualTo(manifest.bytes().digest());
      assertThat(pulled.path()).hasSameBinaryContentAs(archive.path());
    }
  }

  @Test
  void helmLogsInAndShowsAChartBehindAPassword() throws Exception {
    var archive = archive("secret");
    try (var site = Site.start(Access.BASIC);
        var client = site.client()) {
      var host = site.registry().host();
      Charts.push(client.repository(host + "/charts/secret"), archive, ChartPushOptions.defaults());

      HelmOracle.login(host, DockerRegistry.USER, DockerRegistry.PASSWORD);

      assertThat(HelmOracle.showChart("oci://" + host + "/charts/secret", "1.2.3"))
          .contains("name: secret");
    }
  }
}
