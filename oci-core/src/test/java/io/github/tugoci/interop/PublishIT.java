package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.interop.Site.Access;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.publish.Publication;
import io.github.tugoci.publish.PublishResult;
import io.github.tugoci.publish.PublishResult.Outcome;
import io.github.tugoci.publish.Publisher;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release in docker-registry: skopeo and Helm find it there, and it costs what it should. */
class PublishIT {
  private static final String TAG = "12345678e012";
  private static final String VERSION = "1.0.0-" + TAG;

  private final Path folder;
  private final SampleImages images;
  private final ChartArchive chart;

  PublishIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    images =
        SampleImages.in(folder.resolve("images"))
            .image("api", 1000, 2000)
            .index("web", "linux/amd64", "linux/arm64");
    var source = Chart.read(SampleCharts.write(folder, "shop", "1.0.0"));
    chart =
        ChartPackager.reproducible()
            .write(
                source.withMetadata(source.metadata().withVersion(VERSION).withAppVersion(TAG)),
                folder);
  }

  private PublishResult publish(RegistryClient client, String host) throws IOException {
    var layout = OciLayout.open(images.layout());
    return Publisher.publish(
        Publication.tagged(List.of(TAG))
            .image("api", layout, Selector.parse("api"), client.repository(host + "/acme/shop/api"))
            .image("web", layout, Selector.parse("web"), client.repository(host + "/acme/shop/web"))
            .chart(
                chart, client.repository(host + "/acme/charts/shop"), ChartPushOptions.defaults())
            .build(),
        CopyOptions.defaults());
  }

  @Test
  void skopeoAndHelmFindIt() throws Exception {
    try (var site = Site.start(Access.OPEN);
        var client = site.client()) {
      var host = site.registry().host();
      var published = publish(client, host);

      var skopeo = site.skopeo(folder.resolve("skopeo"));
      for (var image : published.images()) {
        assertThat(skopeo.digest("docker://" + image.reference()))
            .isEqualTo(image.descriptor().digest())
            .isEqualTo(images.descriptor(image.name()).digest());
      }
      assertThat(HelmOracle.showChart("oci://" + host + "/acme/charts/shop", VERSION))
          .contains("version: " + VERSION)
          .contains("appVersion: \"" + TAG + "\"");
    }
  }

  @Test
  void anUnchangedReleaseCostsAQuestionATagAndSendsNothing() throws Exception {
    try (var site = Site.start(Access.TOKENS);
        var wire = RecordingProxy.before(site.registry().uri())) {
      try (var client = site.client(wire)) {
        publish(client, wire.host());
      }
      wire.reset();

      try (var client = site.client(wire)) {
        assertThat(publish(client, wire.host()).items())
            .extracting(PublishResult.Item::outcome)
            .containsOnly(Outcome.PRESENT);
      }

      assertThat(wire.exchanges())
          .filteredOn(exchange -> exchange.status() != 401)
          .hasSize(3)
          .allMatch(exchange -> exchange.method().equals("HEAD"));
      assertThat(wire.exchanges()).extracting(Exchange::requestBytes).containsOnly(0L);
    }
  }
}
