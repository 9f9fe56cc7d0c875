package io.github.tugoci.examples;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.publish.Publication;
import io.github.tugoci.publish.Publisher;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Publishes an image and the chart that installs it under one commit: {@code PublishRelease
 * helm/shop build/image ghcr.io/acme 7f3c9d2e1b0a build}. No tag moves before all of it is there.
 */
public final class PublishRelease {
  private PublishRelease() {}

  public static void main(String... args) throws IOException {
    var source = Chart.read(Path.of(args[0]));
    var layout = OciLayout.open(Path.of(args[1]));
    var owner = args[2];
    var commit = args[3];

    var own = source.metadata();
    var version = SemanticVersion.parse(own.version()).orElseThrow().withPrerelease(commit);
    var metadata = own.withVersion(version.toString()).withAppVersion(commit);
    var chart = ChartPackager.reproducible().write(source.withMetadata(metadata), Path.of(args[4]));

    try (var client = RegistryClient.anonymous()) {
      var release =
          Publication.tagged(List.of(commit))
              .image(
                  "app",
                  layout,
                  layout.index().only().digest(),
                  client.repository(owner + "/" + own.name() + "/app"))
              .chart(
                  chart,
                  client.repository(owner + "/charts/" + own.name()),
                  ChartPushOptions.defaults())
              .build();
      for (var item : Publisher.publish(release, CopyOptions.defaults()).items()) {
        System.out.println(item.outcome() + " " + item.pinned());
      }
    }
  }
}
