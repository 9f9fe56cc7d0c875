package io.github.tugoci.error;

import java.util.List;

/** Content has no signature, or not those that a policy asks for. */
public final class SignatureVerificationException extends InvalidContentException {
  private static final long serialVersionUID = 1L;

  private final String summary;
  private final List<String> found;

  /**
   * Says of which content what is missing.
   *
   * @param found what was found instead, and why it doesn't count
   */
  public SignatureVerificationException(String summary, List<String> found) {
    super(found.isEmpty() ? summary : summary + "; " + String.join("; ", found));
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
}
