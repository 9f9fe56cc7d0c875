package io.github.tugoci.transport;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one header's value. The comma separates both challenges and parameters, so a word is a
 * parameter's name if a '=' follows it, and a scheme if it follows a comma without one.
 */
final class ChallengeParser {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final String TOKEN68_MARKS = "-._~+/";

  private final String text;
  private final List<Challenge> found = new ArrayList<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private @Nullable String scheme;
  private int at;

  ChallengeParser(String text) {
    this.text = text;
  }

  Stream<Challenge> parse() {
    boolean afterComma = true;
    while (true) {
      skipSpace();
      if (at == text.length()) {
        finish();
        return found.stream();
      }
      if (skip(',')) {
        afterComma = true;
      } else {
        element(afterComma);
        afterComma = false;
      }
    }
  }

  /** A scheme or a parameter; what is neither is passed over up to the next comma. */
  private void element(boolean afterComma) {
    var word = token();
    int end = at;
    skipSpace();
    if (!word.isEmpty() && skip('=')) {
      skipSpace();
      value().ifPresent(value -> parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value));
    } else if (!word.isEmpty() && afterComma && (at > end || atEndOfElement())) {
      finish();
      scheme = word;
      skipToken68();
    } else {
      skipElement();
    }
  }

  private void finish() {
    if (scheme != null) {
      found.add(new Challenge(scheme, parameters));
    }
    parameters.clear();
  }

  private Optional<String> value() {
    if (skip('"')) {
      return quoted();
    }
    // Beyond the grammar: a URL without quotes is no token, but its meaning is plain.
    int start = at;
    while (!atEndOfElement() && !isSpace(text.charAt(at)) && text.charAt(at) != '"') {
      at++;
    }
    return at == start ? Optional.empty() : Optional.of(text.substring(start, at));
  }

  /** What stands up to the closing quote; nothing if it is missing. */
  private Optional<String> quoted() {
    var value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return Optional.of(value.toString());
      }
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    return Optional.empty();
  }

  private String token() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at), TOKEN_MARKS)) {
      at++;
    }
    return text.substring(start, at);
  }

  /** It is one only if nothing but padding stands between it and the next comma. */
  private void skipToken68() {
    int start = at;
    while (at < text.length() && isWord(text.charAt(at), TOKEN68_MARKS)) {
      at++;
    }
    while (skip('=')) {
      // padding
    }
    skipSpace();
    if (!atEndOfElement()) {
      at = start;
    }
  }

  private void skipElement() {
    while (!atEndOfElement()) {
      if (text.charAt(at++) == '"') {
        var unused = quoted();
      }
    }
  }

  private boolean atEndOfElement() {
    return at == text.length() || text.charAt(at) == ',';
  }

  private void skipSpace() {
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isWord(char c, String marks) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || marks.indexOf(c) >= 0;
  }
}
