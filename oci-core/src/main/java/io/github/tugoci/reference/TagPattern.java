package io.github.tugoci.reference;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A glob pattern of tags: {@code *} is any text, {@code ?} one character, {@code [a-z]} one of
 * these and {@code [!a-z]} one that isn't; all else is itself.
 */
public final class TagPattern {
  private final String text;
  private final Pattern regex;

  private TagPattern(String text, Pattern regex) {
    this.text = text;
    this.regex = regex;
  }

  /**
   * Reads a pattern.
   *
   * @throws InvalidReferenceException if it is empty, or characters in brackets are malformed
   */
  public static TagPattern parse(String text) {
    if (text.isEmpty()) {
      throw invalid(text, 0, "is empty", "write * for all tags");
    }
    var regex = new StringBuilder();
    int piece = -1;
    for (int at = 0; at < text.length(); at++) {
      switch (text.charAt(at)) {
        case '*' -> {
          // What stands between two stars is taken where it comes first: else each star would try
          // all that the one before has tried.
          if (piece >= 0) {
            regex.insert(piece, "(?>.*?").append(')');
          }
          piece = regex.length();
        }
        case '?' -> regex.append('.');
        case '[' -> {
          int end = text.indexOf(']', at + 1);
          regex.append(characters(text, at, end));
          at = end;
        }
        default -> regex.append(quoted(text.charAt(at)));
      }
    }
    if (piece >= 0) {
      regex.insert(piece, ".*");
    }
    return new TagPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  private static String characters(String text, int start, int end) {
    int from = start + (text.startsWith("[!", start) || text.startsWith("[^", start) ? 2 : 1);
    if (end <= from) {
      throw invalid(text, start, "has a '[' without its ']'", "write [a-z], [abc] or [!a-z]");
    }
    var regex = new StringBuilder(from == start + 2 ? "[^" : "[");
    for (int at = from; at < end; at++) {
      boolean range = at + 2 < end && text.charAt(at + 1) == '-';
      if (range && text.charAt(at) > text.charAt(at + 2)) {
        throw invalid(text, at, "has a range that ends before it begins", "write [a-z]");
      }
      regex.append(quoted(text.charAt(at)));
      if (range) {
        at += 2;
        regex.append('-').append(quoted(text.charAt(at)));
      }
    }
    return regex.append(']').toString();
  }

  private static String quoted(char c) {
    return "\\x{" + Integer.toHexString(c) + "}";
  }

  private static InvalidReferenceException invalid(
      String text, int position, String fault, String hint) {
    return new InvalidReferenceException("tag pattern", text, position, fault, hint);
  }

  /** Whether the whole tag fits. */
  public boolean matches(String tag) {
    return regex.matcher(tag).matches();
  }

  /**
   * The choice of tags by patterns.
   *
   * @param include a tag must fit one of these; if there are none, every tag does
   * @param exclude a tag must fit none of these
   */
  public static Predicate<String> choice(List<TagPattern> include, List<TagPattern> exclude) {
    return tag ->
        (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(tag)))
            && exclude.stream().noneMatch(pattern -> pattern.matches(tag));
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
