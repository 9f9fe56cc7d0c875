package io.github.tugoci.error;

import java.util.ArrayList;
import java.util.List;

/** Content has no signature, or not those that a policy asks for. */
public final class SignatureVerificationException extends InvalidContentException {
  private static final long serialVersionUID = 1L;
  private static final int IN_MESSAGE = 10;

  private final String summary;
  private final List<String> found;

  /**
   * Says of which content what is missing.
   *
   * @param found what was found instead, and why it doesn't count
   */
  public SignatureVerificationException(String summary, List<String> found) {
    super(String.join("; ", first(found, IN_MESSAGE, summary)));
    this.summary = summary;
    this.found = List.copyOf(found);
  }

  /** The message without what was found. */
  public String summary() {
    return summary;
  }

  /** What was found instead, and why it doesn't count. */
  public List<String> found() {
    return found;
  }

  /**
   * The first of what was found and, where there is more, a line that counts the rest.
   *
   * @param most how much is told
   */
  public List<String> found(int most) {
    return first(found, most);
  }

  private static List<String> first(List<String> found, int most, String... before) {
    var lines = new ArrayList<>(List.of(before));
    found.stream().limit(most).forEach(lines::add);
    if (found.size() > most) {
      lines.add("and %d more".formatted(found.size() - most));
    }
    return lines;
  }
}
