package io.github.tugoci.cli.shell;

import java.util.List;
import java.util.Set;

/**
 * One run of a command.
 *
 * @param environment the process it runs in
 * @param output where it writes
 * @param progress how progress is shown
 * @param version which tug this is
 * @param given the longest names of the options that were given, in their order
 * @param downloads whether content of others is read
 * @param deadline the time it has
 */
public record CommandContext(
    Environment environment,
    Output output,
    Progress progress,
    String version,
    Set<String> given,
    Downloads downloads,
    Deadline deadline) {
  /** See {@link Output#print}. */
  public void print(Object json, List<String> text) {
    output.print(json, text);
  }

  /** See {@link Output#print}. */
  public void print(Object json, String... text) {
    output.print(json, List.of(text));
  }

  /** See {@link Output#warn}. */
  public void warn(String text) {
    output.warn(text);
  }

  /** See {@link Output#note}. */
  public void note(String text) {
    output.note(text);
  }

  /** See {@link Output#tell}. */
  public void tell(String text) {
    output.tell(text);
  }

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
