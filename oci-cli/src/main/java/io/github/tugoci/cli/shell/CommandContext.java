package io.github.tugoci.cli.shell;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run of a command.
 *
 * @param environment the process it runs in
 * @param output where it writes
 * @param progress how progress is shown
 * @param version which tug this is
 * @param given the longest names of the options that were given, in their order
 * @param downloads true once content is read from a registry or a web server
 * @param deadline the time it has
 */
public record CommandContext(
    Environment environment,
    Output output,
    Progress progress,
    String version,
    Set<String> given,
    AtomicBoolean downloads,
    Deadline deadline) {
  public void print(Object json, List<String> text) {
    output.print(json, text);
  }

  public void print(Object json, String... text) {
    output.print(json, List.of(text));
  }

  public void warn(String text) {
    output.warn(text);
  }

  public void note(String text) {
    output.note(text);
  }

  public void tell(String text) {
    output.tell(text);
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
