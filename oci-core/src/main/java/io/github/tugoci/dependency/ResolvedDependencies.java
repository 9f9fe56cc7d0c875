package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartLock;
import io.github.tugoci.reference.Digest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
   * The charts that are needed in several versions, each with these: a package can hold only one.
   */
  public Map<String, Set<String>> conflicts() {
    var versions = new LinkedHashMap<String, Set<String>>();
    for (var entry : dependencies) {
      versions
          .computeIfAbsent(entry.dependency().name(), name -> new LinkedHashSet<>())
          .add(entry.dependency().version());
    }
    versions.values().removeIf(found -> found.size() == 1);
    return versions;
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
