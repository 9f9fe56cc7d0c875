package io.github.tugoci.examples;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Pushes a packaged chart and pulls it again: {@code ShareChart shop-1.0.0.tgz ghcr.io/acme/charts
 * download}. Helm can do either side.
 */
public final class ShareChart {
  private ShareChart() {}

  public static void main(String... args) throws IOException {
    var archive = ChartArchive.open(Path.of(args[0]));
    try (var client = RegistryClient.anonymous()) {
      // as with Helm, the chart's name is the last part of its repository
      var repository = client.repository(args[1] + "/" + archive.metadata().name());

      var pushed = Charts.push(repository, archive, ChartPushOptions.defaults());
      System.out.println("pushed " + repository + ":" + pushed.tag());

      var pulled =
          Charts.pull(
              repository, new Tag(pushed.tag()), Path.of(args[2]), ChartPullOptions.defaults());
      System.out.println("pulled " + pulled.path());
    }
  }
}
