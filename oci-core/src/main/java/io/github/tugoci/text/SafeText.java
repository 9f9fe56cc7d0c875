package io.github.tugoci.text;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Text from outside (registries, charts, helpers, file names), made fit for a terminal, a log or an
 * error. The only place that decides what plays tricks there: control characters of ASCII and ISO
 * 6429 (U+009B begins a sequence as ESC does), those that change the direction of writing, line and
 * paragraph separators, and what takes no room.
 */
public final class SafeText {
  /** Fillers and joiners that show nothing and aren't of the category "format". */
  private static final String INVISIBLE =
      "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

  private SafeText() {}

  /** Whether a character may be shown as it is. */
  public static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> INVISIBLE.indexOf(codePoint) < 0;
    };
  }

  /**
   * A line with what isn't safe as visible escapes: {@code \\n}, {@code \\u001b}, and a file name's
   * bytes that aren't UTF-8 as {@code \\xNN} ({@link FileName}). A tab stays.
   */
  public static String escape(String text) {
    if (isPrintable(text) || text.codePoints().allMatch(c -> c == '\t' || isSafe(c))) {
      return text;
    }
    var line = new StringBuilder();
    text.codePoints().forEach(c -> escape(c, line));
    return line.toString();
  }

  /** Whether a text is of ASCII's printable characters alone, as nearly all are. */
  private static boolean isPrintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void escape(int c, StringBuilder line) {
    if (c == '\t' || isSafe(c)) {
      line.appendCodePoint(c);
    } else if (c == '\n' || c == '\r') {
      line.append(c == '\n' ? "\\n" : "\\r");
    } else if (FileName.isEscaped(c)) {
      line.append("\\x%02x".formatted(c & 0xff));
    } else if (c <= 0xffff) {
      line.append("\\u%04x".formatted(c));
    } else {
      line.append("\\u{%x}".formatted(c));
    }
  }

  /** A text, or the beginning of a longer one, in whole characters. */
  public static String beginning(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + "…";
  }

  /** One short line of a longer text: what isn't safe becomes a space. */
  public static String oneLine(String text, int most) {
    var line = new StringBuilder();
    boolean space = false;
    var stripped = text.strip();
    for (int c, i = 0; i < stripped.length(); i += Character.charCount(c)) {
      c = stripped.codePointAt(i);
      boolean safe = isSafe(c);
      if (safe || !space) {
        line.appendCodePoint(safe ? c : ' ');
      }
      space = !safe;
      if (line.length() >= most) {
        return line.append('…').toString();
      }
    }
    return line.toString().strip();
  }

  /** The same number of characters: what isn't safe becomes a question mark. */
  public static String mask(String text) {
    var line = new StringBuilder();
    text.codePoints().forEach(c -> line.appendCodePoint(isSafe(c) ? c : '?'));
    return line.toString();
  }

  /** A JSON document of the same values, with what isn't safe as JSON's own escapes. */
  public static String escapeJson(String document) {
    var json = new StringBuilder();
    for (int c : document.codePoints().toArray()) {
      if (c == '\n' || isSafe(c)) {
        json.appendCodePoint(c);
      } else {
        for (char half : Character.toChars(c)) {
          json.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
        }
      }
    }
    return json.toString();
  }

  /**
   * A message without what may be a secret: users and passwords before a host, queries of URLs,
   * values of Authorization, and {@link SentSecrets}. What is left says where.
   */
  public static String redact(String message) {
    var text = SentSecrets.hide(message);
    if (text.indexOf('@') >= 0) {
      text = Secret.USER.matcher(Secret.URL_USER.matcher(text).replaceAll("…@")).replaceAll("…@");
    }
    if (text.indexOf('?') >= 0) {
      text = Secret.QUERY.matcher(text).replaceAll("…");
    }
    return Secret.AUTHORIZATION.matcher(text).replaceAll("$1 …");
  }

  /** The same of a reference, whose secret characters become stars: places in it stay the same. */
  public static String redactReference(String text) {
    int scheme = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3;
    int query = text.indexOf('?', scheme);
    int end = query < 0 ? text.length() : query + 1;
    int at = text.lastIndexOf('@', end - 1);
    int from = end;
    if (at > scheme && isUser(text.substring(scheme, at), text.substring(at + 1, end))) {
      from = at;
    }
    return text.substring(0, scheme)
        + (from == at
            ? "*".repeat(at - scheme) + text.substring(at, end)
            : text.substring(scheme, end))
        + "*".repeat(text.length() - end);
  }

  /** Whether what stands before an '@' is a user, with a password or without, and no repository. */
  private static boolean isUser(String before, String after) {
    if (after.matches("(?s)(sha[0-9]+|md5):.*")) {
      return false;
    }
    int slash = before.indexOf('/');
    return slash < 0 || before.substring(0, slash).matches("[^:]*:(?![0-9]{1,5}$).*");
  }

  /** What secrets look like; not compiled where nothing is redacted. */
  private static final class Secret {
    /** User and password of a URL. */
    static final Pattern URL_USER = Pattern.compile("(?<=://)[^\\s/@\"']*@");

    /** The same without a scheme; what a digest follows is a name. */
    static final Pattern USER =
        Pattern.compile("(?<![^\\s\"'(=])[^\\s/@:\"']+:[^\\s/@\"']+@(?!sha[0-9]+:)(?=[\\w\\[])");

    /** A URL's query can be a signature. */
    static final Pattern QUERY =
        Pattern.compile("(?<=https?://[^\\s?\"'<>]{1,2000}\\?)[^\\s\"'<>…]+…?");

    /** Of which a part may have been left out already, being a secret by itself. */
    static final Pattern AUTHORIZATION =
        Pattern.compile(
            "(?i)\\b(basic|bearer) +(?=[a-z0-9+/._~-]*[0-9=…])[a-z0-9+/._~…-]{6,}=*(?![a-z0-9])");
  }
}
