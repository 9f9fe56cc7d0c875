package io.github.tugoci.reference;

import io.github.tugoci.text.SafeText;

/**
 * A reference, a repository name, a tag or a digest that breaks its grammar. It says what is wrong,
 * where, and how to write it.
 */
public final class InvalidReferenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String input;
  private final int position;
  private final String fault;
  private final String hint;

  /**
   * Describes a fault in a text.
   *
   * @param kind what the text should be, for instance {@code reference}
   * @param input the whole text
   * @param position the index of the first character at fault; the length if something is missing
   * @param fault what is wrong, as a predicate: {@code has an upper-case letter 'A'}
   * @param hint what to write instead
   */
  public InvalidReferenceException(
      String kind, String input, int position, String fault, String hint) {
    super(
        "invalid %s \"%s\": %s at character %d"
            .formatted(kind, shown(input), SafeText.mask(fault), position + 1));
    this.input = input;
    this.position = position;
    this.fault = SafeText.mask(fault);
    this.hint = SafeText.mask(hint);
  }

  /** The text that was refused, as it came: not to be printed, as it may hold a password. */
  public String input() {
    return input;
  }

  /**
   * The index, from 0, of the first character at fault; the text's length if something is missing.
   */
  public int position() {
    return position;
  }

  /** The fault: {@code empty tag}. */
  public String fault() {
    return fault;
  }

  /** What to write instead, for a hint. */
  public String hint() {
    return hint;
  }

  /** The text with a caret under the character at fault, on two lines. */
  public String pointer() {
    return shown(input) + "\n" + " ".repeat(position) + "^";
  }

  /** As many characters as there are, without secrets and what plays tricks with a terminal. */
  private static String shown(String text) {
    return SafeText.mask(SafeText.redactReference(text));
  }
}
