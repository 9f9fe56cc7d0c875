package io.github.tugoci.helm.corpus;

import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A chart that is packaged by both.
 *
 * @param source its directory
 * @param temp where packages go to
 */
record Packaging(Path source, Path temp) {
  /** Writes a chart's directory into a folder. */
  static Packaging of(Consumer<ChartSource> content, Path temp) {
    return new Packaging(ChartSource.write(temp.resolve("source"), content), temp);
  }

  /** The package that Helm makes, under the name that Helm gives it. */
  Path byHelm() throws IOException {
    var into = Files.createDirectories(temp.resolve("helm"));
    HelmOracle.packageChart(source, into);
    try (var files = Files.list(into)) {
      return files.findFirst().orElseThrow();
    }
  }

  ChartArchive byUs() throws IOException {
    return ChartPackager.reproducible().write(Chart.read(source), temp.resolve("ours"));
  }
}
