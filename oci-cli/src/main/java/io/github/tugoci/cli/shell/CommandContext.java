package io.github.tugoci.cli.shell;

/**
 * One run of a command.
 *
 * @param environment the process it runs in
 * @param output where it writes
 * @param progress how progress is shown
 * @param version which tug this is
 * @param downloads whether content of others is read
 */
public record CommandContext(
    Environment environment,
    Output output,
    Progress progress,
    String version,
    Downloads downloads) {
  /** Whether a command reads content from a registry or a web server. */
  public static final class Downloads {
    private volatile boolean begun;

    /** Notes that it does. */
    public void begin() {
      begun = true;
    }

    /** Whether it does. */
    boolean begun() {
      return begun;
    }
  }

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
