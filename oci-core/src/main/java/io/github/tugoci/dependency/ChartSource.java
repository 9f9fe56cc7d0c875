package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartDependency;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A repository that charts come from. */
interface ChartSource {
  /** The version that will do best. */
  String choose(ChartDependency wanted) throws IOException;

  /**
   * Puts a chart's archive into a directory.
   *
   * @param locked with the version that was chosen
   * @param options what is fetched and how it is checked
   * @return empty if the chart is where it belongs, and isn't in an archive
   */
  Optional<ChartArchive> fetch(ChartDependency locked, Path directory, ChartPullOptions options)
      throws IOException;
}
