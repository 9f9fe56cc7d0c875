package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartLock;
import io.github.tugoci.reference.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A chart's dependencies, resolved and in place.
 *
 * @param lock what they are locked to; empty if the chart has no dependencies
 * @param dependencies in the chart's order
 */
public record ResolvedDependencies(Optional<ChartLock> lock, List<Entry> dependencies) {
  /** Copies the list. */
  public ResolvedDependencies {
    dependencies = List.copyOf(dependencies);
  }

  /**
   * A dependency in place.
   *
   * @param dependency with the version that it was locked to
   * @param path where it is: an archive, or a directory if it has no repository
   * @param digest the archive's digest
   */
  public record Entry(ChartDependency dependency, Path path, Optional<Digest> digest) {}
}
