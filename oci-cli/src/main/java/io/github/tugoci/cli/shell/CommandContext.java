package io.github.tugoci.cli.shell;

/**
 * One run of a command.
 *
 * @param environment the process it runs in
 * @param output where it writes
 * @param progress how progress is shown
 * @param version which tug this is
 */
public record CommandContext(
    Environment environment, Output output, Progress progress, String version) {
  /** How progress is shown. */
  public enum Progress {
    /** Not at all. */
    NONE,
    /** In lines of a log. */
    LINES,
    /** In place, on a terminal. */
    DISPLAY
  }
}
