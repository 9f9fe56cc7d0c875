package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartDependency;
import java.nio.file.Path;
import java.util.List;

/**
 * A chart's dependencies with their status in {@code charts/}.
 *
 * @param dependencies as the chart names them
 * @param unlisted charts in the directory charts that it doesn't name
 * @param unreadable archives and directories there that aren't charts
 */
public record DependencyList(List<Entry> dependencies, List<Path> unlisted, List<Path> unreadable) {
  /** Copies the lists. */
  public DependencyList {
    dependencies = List.copyOf(dependencies);
    unlisted = List.copyOf(unlisted);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * A dependency and its status.
   *
   * @param dependency what is wanted
   * @param status what there is
   */
  public record Entry(ChartDependency dependency, DependencyStatus status) {}
}
