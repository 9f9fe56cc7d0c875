package io.github.tugoci.signature;

import java.util.regex.Pattern;

/**
 * A condition on a text: one text, or all that a regular expression matches as a whole. cosign is
 * content with a match anywhere, so that an expression without {@code ^} and {@code $} accepts what
 * its author doesn't expect.
 *
 * @param text the text or the expression
 * @param isExpression whether it is an expression
 */
public record TextPattern(String text, boolean isExpression) {
  /**
   * Refuses an empty one, which could only be a mistake.
   *
   * @throws IllegalArgumentException if it is empty, or an invalid expression
   */
  public TextPattern {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("an empty identity or issuer");
    }
    if (isExpression) {
      Pattern.compile(text);
    }
  }

  /** A text. */
  public static TextPattern exactly(String text) {
    return new TextPattern(text, false);
  }

  /**
   * What a regular expression matches.
   *
   * @throws IllegalArgumentException if it isn't one
   */
  public static TextPattern matching(String expression) {
    return new TextPattern(expression, true);
  }

  /** Whether a text is so. */
  public boolean matches(String other) {
    return isExpression ? Pattern.matches(text, other) : text.equals(other);
  }

  /** The text or the expression. */
  @Override
  public String toString() {
    return text;
  }
}
