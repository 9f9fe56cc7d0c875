package io.github.tugoci.dependency;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Version;
import io.github.tugoci.helm.VersionConstraint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code file://PATH}: a chart in a directory, which is packaged with what is in its own directory
 * charts; its dependencies aren't fetched.
 *
 * @param chart the chart that relative paths begin at
 */
record DirectoryOrigin(Path chart) implements Origin {
  static final String SCHEME = "file://";

  @Override
  public String choose(ChartDependency wanted) throws IOException {
    return checked(Chart.readHead(directory(wanted)), wanted).metadata().version();
  }

  @Override
  public Optional<ChartArchive> fetch(ChartDependency locked, Path into, ChartPullOptions options)
      throws IOException {
    var found = checked(Chart.read(directory(locked)), locked);
    var file = into.resolve(found.metadata() + ".tgz");
    try (var out = Files.newOutputStream(file)) {
      ChartPackager.reproducible().writeTo(out, found);
    }
    return Optional.of(ChartArchive.open(file));
  }

  private Path directory(ChartDependency dependency) {
    return chart.resolve(dependency.repository().substring(SCHEME.length())).normalize();
  }

  /** Its version is compared, whether a constraint is given or the version of a lock. */
  static Chart checked(Chart found, ChartDependency wanted) throws NotFoundException {
    boolean fits =
        VersionConstraint.parse(wanted.version())
            .flatMap(
                constraint -> Version.parse(found.metadata().version()).map(constraint::allows))
            .orElse(false);
    if (!fits) {
      throw new NotFoundException(
          "%s is there as %s, and %s is wanted"
              .formatted(wanted.name(), found.metadata().version(), wanted.version()));
    }
    return found;
  }
}
