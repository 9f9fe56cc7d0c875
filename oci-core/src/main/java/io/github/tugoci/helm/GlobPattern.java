package io.github.tugoci.helm;

import java.util.regex.Pattern;

/**
 * A pattern of Go's {@code filepath.Match} on Unix: {@code * ? [a-z] \c}. The first two are never a
 * slash.
 */
final class GlobPattern {
  private final String text;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  /** Where what follows the last star begins in the expression; -1 before the first. */
  private int piece = -1;

  private GlobPattern(String text) {
    this.text = text;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if a class or an escape isn't closed
   */
  static Pattern compile(String text) {
    var glob = new GlobPattern(text);
    while (glob.at < text.length()) {
      glob.element();
    }
    if (glob.piece >= 0) {
      glob.regex.insert(glob.piece, "[^/]*");
    }
    return Pattern.compile(glob.regex.toString(), Pattern.DOTALL);
  }

  private void element() {
    int c = next();
    switch (c) {
      case '*' -> star();
      case '?' -> regex.append("[^/]");
      case '[' -> characters();
      case '\\' -> literal(next());
      default -> literal(c);
    }
  }

  /**
   * What stands between two stars is taken where it comes first, as Go does. A search that tried
   * the other places too would take exponential time for some patterns, which a chart's author can
   * write.
   */
  private void star() {
    if (piece >= 0) {
      regex.insert(piece, "(?>[^/]*?").append(')');
    }
    piece = regex.length();
  }

  private void characters() {
    boolean negated = at < text.length() && text.charAt(at) == '^';
    if (negated) {
      at++;
    }
    int start = regex.length();
    int ranges = 0;
    while (at >= text.length() || text.charAt(at) != ']' || ranges == 0) {
      int low = bound();
      int high = low;
      if (at < text.length() && text.charAt(at) == '-') {
        at++;
        high = bound();
      }
      if (low <= high) {
        literal(low);
        regex.append('-');
        literal(high);
      }
      ranges++;
    }
    at++;
    if (regex.length() == start) {
      // Ranges such as z-a hold nothing, and an empty class is no regular expression.
      regex.append(negated ? "." : "(?!)");
    } else {
      regex.insert(start, negated ? "[^" : "[").append(']');
    }
  }

  private int bound() {
    int c = next();
    if (c == '-' || c == ']') {
      throw malformed();
    }
    return c == '\\' ? next() : c;
  }

  private int next() {
    if (at >= text.length()) {
      throw malformed();
    }
    int c = text.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  private void literal(int c) {
    regex.append("\\x{").append(Integer.toHexString(c)).append('}');
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("the pattern \"" + text + "\" is malformed");
  }
}
