package io.github.tugoci.yaml;

import java.util.Locale;

/**
 * In which styles a YAML emitter can write a text (libyaml's analysis of a scalar, in block
 * context).
 *
 * @param multiline whether it has line breaks
 * @param plain whether it can be written as it is
 * @param quoted whether it can stand in single quotes
 * @param block whether it can be a literal block
 */
record YamlText(boolean multiline, boolean plain, boolean quoted, boolean block) {
  private static final String FIRST_INDICATORS = "#,[]{}&*!|>'\"%@`";

  static YamlText of(String text) {
    boolean indicator = text.startsWith("---") || text.startsWith("...");
    boolean special = false;
    boolean breaks = false;
    boolean breakThenSpace = false;
    boolean spaceThenBreak = false;
    int before = -1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      indicator |= isIndicator(text, i, before);
      special |= !isPrintable(c);
      breaks |= isBreak(c);
      breakThenSpace |= c == ' ' && isBreak(before);
      spaceThenBreak |= isBreak(c) && before == ' ';
      before = c;
    }
    boolean ragged =
        !text.isEmpty() && (isBlank(text.codePointAt(0)) || before == ' ' || isBreak(before));
    boolean writable = !special && !spaceThenBreak;
    return new YamlText(
        breaks,
        writable && !indicator && !breaks && !ragged,
        writable && !breakThenSpace,
        writable && !text.isEmpty() && before != ' ');
  }

  private static boolean isIndicator(String text, int at, int before) {
    char c = text.charAt(at);
    boolean last = at + 1 >= text.length() || " \t".indexOf(text.charAt(at + 1)) >= 0;
    if (at == 0) {
      return FIRST_INDICATORS.indexOf(c) >= 0 || ("?:-".indexOf(c) >= 0 && last);
    }
    return c == ':' ? last : c == '#' && (isBlank(before) || before == '\t');
  }

  private static boolean isBlank(int c) {
    return c == ' ' || isBreak(c);
  }

  /** Whether a character ends a line in YAML 1.1. */
  static boolean isBreak(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** Whether the emitter takes a character for printable; what lies beyond 16 bits isn't. */
  private static boolean isPrintable(int c) {
    return c == '\n'
        || (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
  }

  /** Whether a character must be escaped in double quotes. */
  static boolean needsEscape(int c) {
    return !isPrintable(c) || isBreak(c) || c == '"' || c == '\\';
  }

  /** A character's escape in double quotes. */
  static String escape(int c) {
    int at = "\0\7\b\t\n\13\f\r\33\"\\\u0085\u00a0\u2028\u2029".indexOf(c);
    if (at >= 0) {
      return "\\" + "0abtnvfre\"\\N_LP".charAt(at);
    }
    var form = c <= 0xff ? "\\x%02X" : c <= 0xffff ? "\\u%04X" : "\\U%08X";
    return String.format(Locale.ROOT, form, c);
  }
}
