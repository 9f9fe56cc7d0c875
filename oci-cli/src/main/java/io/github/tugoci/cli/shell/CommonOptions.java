package io.github.tugoci.cli.shell;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command has. They stand at the root and are inherited. */
public final class CommonOptions {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      description = "Print results and errors as text or json (default: text).")
  private Output.Format format = Output.Format.TEXT;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Print no notes, warnings or progress.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Print more; -vv traces requests, secrets redacted.")
  private boolean[] verbosity = {};

  @Option(
      names = "--no-progress",
      scope = ScopeType.INHERIT,
      description = "Show no progress, neither a display on a terminal nor lines elsewhere.")
  private boolean noProgress;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  public Output output(Environment environment) {
    return new Output(environment.out(), environment.err(), format, quiet, verbosity.length);
  }

  /** How progress is shown: to a person in place, to a log in lines, or not at all. */
  public CommandContext.Progress progress(Environment environment) {
    if (noProgress || quiet) {
      return CommandContext.Progress.NONE;
    }
    return environment.drawable() ? CommandContext.Progress.DISPLAY : CommandContext.Progress.LINES;
  }
}
