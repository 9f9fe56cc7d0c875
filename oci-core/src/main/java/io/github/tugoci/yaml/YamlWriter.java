package io.github.tugoci.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain values as Helm's YAML library does (go-yaml 2), byte for byte: keys in natural
 * order, sequences not indented, lines folded at the first space after column 80, quotes only where
 * needed. The emitters of the Java libraries differ from it in all of these.
 */
final class YamlWriter {
  private static final int WIDTH = 80;
  private static final int MAX_SIMPLE_KEY = 128;
  private static final Pattern BASE_60 =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])++(?:\\.[0-9_]*)?");

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /** Writes a map as a document. */
  static byte[] write(Map<String, ?> document) {
    var writer = new YamlWriter();
    if (document.isEmpty()) {
      writer.out.append("{}");
    } else {
      writer.map(document, 0);
    }
    writer.newLine();
    return writer.out.toString().getBytes(UTF_8);
  }

  private void map(Map<?, ?> map, int indent) {
    var keys = map.keySet().stream().map(String::valueOf).sorted(NaturalOrder.KEYS).toList();
    for (var key : keys) {
      startItem(indent);
      var form = YamlText.of(key);
      boolean simple = !form.multiline() && key.getBytes(UTF_8).length <= MAX_SIMPLE_KEY;
      if (!simple) {
        out.append("? ");
      }
      string(key, form, indent, simple);
      if (!simple) {
        startLine(indent);
      }
      out.append(':');
      value(map.get(key), indent, true);
    }
  }

  private void list(List<?> list, int indent) {
    for (var item : list) {
      startItem(indent);
      out.append('-');
      value(item, indent, false);
    }
  }

  private void value(@Nullable Object value, int indent, boolean inMap) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append(inMap ? "" : " ");
      map(map, indent + 2);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      // A list in a map isn't indented.
      out.append(inMap ? "\n" : " ");
      list(list, inMap ? indent : indent + 2);
    } else {
      out.append(' ');
      scalar(value, indent);
    }
  }

  private void scalar(@Nullable Object value, int indent) {
    if (value instanceof String text) {
      string(text, YamlText.of(text), indent, false);
    } else if (value instanceof Map) {
      out.append("{}");
    } else if (value instanceof List) {
      out.append("[]");
    } else if (value instanceof Double number) {
      out.append(YamlScalar.real(number, 21));
    } else {
      out.append(value);
    }
  }

  private void string(String text, YamlText form, int indent, boolean key) {
    boolean literal = text.contains("\n");
    // As a key, Helm writes << plain, too, and can't read what it wrote.
    boolean plain = !literal && isString(text) && !(key && text.equals("<<"));
    if (literal && form.block() && !key) {
      literal(text, indent + 2);
    } else if (plain && form.plain()) {
      fold(text, indent + 2, key, false);
    } else if (plain && form.quoted()) {
      out.append('\'');
      fold(text.replace("'", "''"), indent + 2, key, true);
      out.append('\'');
    } else {
      doubleQuoted(text, indent + 2, key);
    }
  }

  /** Whether a plain scalar of this text would be read as a string. */
  private static boolean isString(String text) {
    return !text.isEmpty()
        && YamlScalar.resolve(text) instanceof String
        && !BASE_60.matcher(text).matches()
        && !GoTime.matches(text);
  }

  private void fold(String text, int indent, boolean key, boolean quoted) {
    boolean spaces = false;
    boolean lineStart = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lineStart && c != ' ' && !YamlText.isBreak(c)) {
        out.append(" ".repeat(indent));
      }
      lineStart = YamlText.isBreak(c) || (lineStart && c == ' ');
      boolean inside = !quoted || (i > 0 && i < text.length() - 1);
      if (c == ' ' && !key && !spaces && inside && column() > WIDTH && !spaceAt(text, i + 1)) {
        startLine(indent);
      } else {
        out.append(c);
      }
      spaces = c == ' ';
    }
  }

  private void doubleQuoted(String text, int indent, boolean key) {
    out.append('"');
    // Helm's library looks for a byte order mark at the text's beginning, wherever it is in it.
    boolean marked = text.startsWith("\uFEFF");
    boolean spaces = false;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean inside = i > 0 && i < text.length() - 1;
      if (marked || YamlText.needsEscape(c)) {
        out.append(YamlText.escape(c));
      } else if (c == ' ' && !key && !spaces && inside && column() > WIDTH) {
        startLine(indent);
        out.append(spaceAt(text, i + 1) ? "\\" : "");
      } else {
        out.appendCodePoint(c);
      }
      spaces = c == ' ';
    }
    out.append('"');
  }

  private void literal(String text, int indent) {
    out.append('|');
    if (text.startsWith(" ") || text.startsWith("\n")) {
      out.append('2');
    }
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.length() == 1 || text.endsWith("\n\n")) {
      out.append('+');
    }
    out.append('\n');
    boolean lineStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lineStart && !YamlText.isBreak(c)) {
        out.append(" ".repeat(indent));
      }
      out.append(c);
      lineStart = YamlText.isBreak(c);
    }
  }

  private static boolean spaceAt(String text, int at) {
    return at < text.length() && text.charAt(at) == ' ';
  }

  /** Goes to where an item begins, which may be the line that a list's dash began. */
  private void startItem(int indent) {
    if (out.length() == 0 || (column() == indent && out.charAt(out.length() - 1) == ' ')) {
      return;
    }
    newLine();
    out.append(" ".repeat(indent));
  }

  private void startLine(int indent) {
    newLine();
    out.append(" ".repeat(indent));
  }

  private void newLine() {
    if (out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
  }

  /** The column as the emitter counts it: in characters. */
  private int column() {
    int start = out.length();
    while (start > 0 && !YamlText.isBreak(out.charAt(start - 1))) {
      start--;
    }
    return out.codePointCount(start, out.length());
  }
}
