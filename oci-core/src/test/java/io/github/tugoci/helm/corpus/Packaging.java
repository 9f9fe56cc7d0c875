package io.github.tugoci.helm.corpus;

import io.github.tugoci.fixture.HelmProgram;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A chart that is packaged by both Helms and us.
 *
 * @param source its directory
 * @param temp where packages go to
 */
record Packaging(Path source, Path temp) {
  /** Writes a chart's directory into a folder. */
  static Packaging of(Consumer<ChartSource> content, Path temp) {
    return new Packaging(ChartSource.write(temp.resolve("source"), content), temp);
  }

  /** The package that Helm 3 makes, under the name that Helm gives it. */
  Path byHelm() throws IOException, InterruptedException {
    return byHelm("helm3");
  }

  /** The package that one of the Helms makes, by its program's name. */
  Path byHelm(String helm) throws IOException, InterruptedException {
    run(helm).expectSuccess();
    try (var files = Files.list(temp.resolve(helm))) {
      return files.findFirst().orElseThrow();
    }
  }

  /** What one of the Helms says to it. */
  Program.Result run(String helm) throws IOException, InterruptedException {
    var into = Files.createDirectories(temp.resolve(helm));
    return HelmProgram.of(
            helm, temp.resolve("home"), "package", source.toString(), "-d", into.toString())
        .run();
  }

  ChartArchive byUs() throws IOException {
    return ChartPackager.reproducible().write(Chart.read(source), temp.resolve("ours"));
  }
}
