package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidValuesException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.json.Json;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A line of {@code --set} and its kin, read from the left: its words, and the values in it. */
final class SetReader {
  /** What is done with what stands behind the equals sign; in the order in which Helm does it. */
  enum Kind {
    /** JSON. */
    JSON("--set-json"),
    /** Numbers, true, false and null are recognized. */
    TYPED("--set"),
    /** A text. */
    TEXT("--set-string"),
    /** A file that holds the text. */
    FILE("--set-file"),
    /** A text to the end of the line. */
    LITERAL("--set-literal");

    private final String option;

    Kind(String option) {
      this.option = option;
    }
  }

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern JSON_SCALAR =
      Pattern.compile("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

  private final String line;
  private final Kind kind;
  private int at;

  SetReader(String line, Kind kind) {
    this.line = line;
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  static boolean isInteger(String text) {
    return INTEGER.matcher(text).matches();
  }

  boolean isAtEnd() {
    return at >= line.length();
  }

  /** The error for what stands in the line. */
  InvalidValuesException wrong(String fault) {
    return new InvalidValuesException(
        "invalid %s \"%s\": %s".formatted(kind.option, line, fault), null);
  }

  /** Reads up to one of the characters, which is read too; false if none of them comes. */
  boolean read(String stops, StringBuilder to) {
    while (!isAtEnd()) {
      char c = line.charAt(at++);
      if (stops.indexOf(c) >= 0) {
        return true;
      }
      if (c == '\\' && kind != Kind.LITERAL) {
        if (isAtEnd()) {
          return false;
        }
        int escaped = line.codePointAt(at);
        to.appendCodePoint(escaped);
        at += Character.charCount(escaped);
      } else {
        to.append(c);
      }
    }
    return false;
  }

  /** The character that was read last. */
  char last() {
    return line.charAt(at - 1);
  }

  /** Reads the value behind an equals sign. */
  @Nullable Object value() throws IOException {
    return switch (kind) {
      case JSON -> json();
      case LITERAL -> {
        var rest = line.substring(at);
        at = line.length();
        yield rest;
      }
      default -> isAtEnd() ? "" : line.charAt(at) == '{' ? list() : scalar(",");
    };
  }

  private @Nullable Object scalar(String stops) throws IOException {
    var text = new StringBuilder();
    read(stops, text);
    return typed(text.toString());
  }

  private List<@Nullable Object> list() throws IOException {
    at++;
    List<@Nullable Object> list = new ArrayList<>();
    while (true) {
      var text = new StringBuilder();
      if (!read(",}", text)) {
        throw wrong("a list must end with }");
      }
      boolean ends = last() == '}';
      list.add(typed(text.toString()));
      if (ends) {
        if (!isAtEnd() && line.charAt(at) == ',') {
          at++;
        }
        return list;
      }
    }
  }

  private @Nullable Object typed(String text) throws IOException {
    if (kind == Kind.FILE) {
      return new String(
          InputFile.readAll(FileName.path(text), UserValues.MAX_FILE), StandardCharsets.UTF_8);
    }
    if (kind == Kind.TEXT) {
      return text;
    }
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return text.equalsIgnoreCase("true");
    }
    if (text.equalsIgnoreCase("null")) {
      return null;
    }
    if (isInteger(text) && (text.equals("0") || !text.startsWith("0"))) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        return text; // too large: as Helm has it, a text
      }
    }
    return text;
  }

  /** JSON up to its end, and a comma behind it; nothing is null. */
  private @Nullable Object json() throws InvalidValuesException {
    if (skipComma()) {
      return null;
    }
    int end = jsonEnd();
    try {
      var text = line.substring(at, end).getBytes(StandardCharsets.UTF_8);
      var value = Numbers.normalize(Json.read(text, kind.option));
      at = end;
      skipComma();
      return value;
    } catch (InvalidContentException e) {
      throw new InvalidValuesException(
          "invalid %s \"%s\": %s".formatted(kind.option, line, e.getMessage()), e);
    }
  }

  /** Skips blanks and a comma; whether a comma or the end was there. */
  private boolean skipComma() {
    while (!isAtEnd()) {
      char c = line.charAt(at);
      if (c == ',') {
        at++;
        return true;
      }
      if (!Character.isWhitespace(c)) {
        return false;
      }
      at++;
    }
    return true;
  }

  private int jsonEnd() {
    var scalar = JSON_SCALAR.matcher(line).region(at, line.length());
    if (scalar.lookingAt()) {
      return scalar.end();
    }
    int open = 0;
    boolean quoted = false;
    for (int i = at; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else {
        quoted = c == '"';
        open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      }
      if (!quoted && open <= 0) {
        return i + 1;
      }
    }
    return line.length();
  }
}
