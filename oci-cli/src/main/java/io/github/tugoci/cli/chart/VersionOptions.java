package io.github.tugoci.cli.chart;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of a chart's versions is meant. */
public final class VersionOptions {
  @Option(
      names = "--version",
      paramLabel = "V",
      description =
          "Select a chart's version: exact, or a constraint such as ^1.2 or \">=1.0, <2\" (default:"
              + " the newest).")
  private @Nullable String version;

  @Option(
      names = "--devel",
      description = "Include a chart's prereleases where no version is given.")
  private boolean devel;

  /** A version or a constraint; null if none is given. */
  public @Nullable String version() {
    return version;
  }

  /** Whether it may be a prerelease where no version is given. */
  public boolean devel() {
    return devel;
  }
}
