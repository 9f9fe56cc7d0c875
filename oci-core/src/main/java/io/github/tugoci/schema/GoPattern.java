package io.github.tugoci.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Go's regular expressions (RE2), which Helm's validator takes, as Java's: what RE2 lacks is
 * refused, such as lookaround and backreferences, and what means something else is written so that
 * it means the same. Only whether something matches is kept, not what.
 */
final class GoPattern {
  private static final int MAX_REPEAT = 1000;
  private static final Pattern NAMED = Pattern.compile("\\?P?<\\w+>");
  private static final Pattern FLAGS = Pattern.compile("\\?([imsU]*)(?:-([imsU]+))?([:)])");
  private static final Pattern REPEAT =
      Pattern.compile("\\{(0|[1-9][0-9]*)(?:,(0|[1-9][0-9]*|))?\\}");
  private static final Pattern BRACED = Pattern.compile(REPEAT.pattern().substring(2));
  private static final Pattern RANGE = Pattern.compile("-[^\\]]", Pattern.DOTALL);
  private static final Pattern ESCAPED_SET = Pattern.compile("\\\\[dDsSwWpP]");
  private static final Pattern UNKNOWN_POSIX = Pattern.compile("\\[:[^\\]]*:\\]");
  private static final Pattern POSIX =
      Pattern.compile(
          "\\[:(\\^?)(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word"
              + "|xdigit):\\]");

  private final GoScanner in;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Boolean> multiline = new ArrayDeque<>();
  private boolean repeatable;

  private GoPattern(String source) {
    in = new GoScanner(source);
    multiline.push(false);
  }

  /**
   * Compiles an expression.
   *
   * @throws IllegalArgumentException if Go refuses it
   */
  static Pattern compile(String expression) {
    var pattern = new GoPattern(expression);
    pattern.read();
    return Pattern.compile(pattern.out.toString(), Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
  }

  private void read() {
    for (int c = in.next(); c != GoScanner.END; c = in.next()) {
      switch (c) {
        case '(' -> open();
        case ')' -> {
          multiline.pop();
          if (multiline.isEmpty()) {
            throw in.wrong("unexpected )");
          }
          add(")");
        }
        case '|' -> {
          out.append('|');
          repeatable = false;
        }
        case '^' -> add(multiline.peek() ? "^" : "\\A");
        case '$' -> add(multiline.peek() ? "$" : "\\z");
        case '.' -> add(".");
        case '[' -> add(characterClass());
        case '*', '+', '?' -> repeat(Character.toString(c));
        case '{' -> brace();
        case '\\' -> escape();
        default -> add(literal(c));
      }
    }
    if (multiline.size() > 1) {
      throw in.wrong("missing )");
    }
  }

  private void add(String text) {
    out.append(text);
    repeatable = true;
  }

  private static String literal(int c) {
    return "\\x{%x}".formatted(c);
  }

  private void open() {
    in.skip(NAMED);
    var flags = in.skip(FLAGS);
    if (flags == null && in.peek() == '?') {
      throw in.wrong("unsupported group: (? is allowed with flags, names and ?: only");
    }
    boolean lines = multiline.peek();
    if (flags == null) {
      group("(", lines);
      return;
    }
    var on = flags.group(1);
    var off = flags.group(2) == null ? "" : flags.group(2);
    lines = off.contains("m") ? false : lines || on.contains("m");
    // Which match is taken doesn't matter here, so U says nothing.
    var both =
        "(?"
            + on.replace("U", "")
            + (off.replace("U", "").isEmpty() ? "" : "-" + off.replace("U", ""));
    if (flags.group(3).equals(":")) {
      group(both + ":", lines);
    } else {
      multiline.pop();
      multiline.push(lines);
      out.append(both.equals("(?") ? "" : both + ")");
    }
  }

  private void group(String text, boolean lines) {
    multiline.push(lines);
    out.append(text);
    repeatable = false;
  }

  private void repeat(String operator) {
    if (!repeatable) {
      throw in.wrong("nothing to repeat before " + operator);
    }
    out.append(operator).append(in.skip("?") ? "?" : "");
    int c = in.peek();
    if (c == '*' || c == '+' || c == '?' || in.isNext(REPEAT)) {
      throw in.wrong("repeated twice");
    }
  }

  private void brace() {
    var count = in.skip(BRACED);
    if (count == null) {
      add(literal('{'));
      return;
    }
    int least = count(count.group(1));
    var most = count.group(2);
    if (most != null && !most.isEmpty() && count(most) < least) {
      throw in.wrong("invalid repeat count");
    }
    repeat("{" + count.group());
  }

  private int count(String digits) {
    if (digits.length() > 4 || Integer.parseInt(digits) > MAX_REPEAT) {
      throw in.wrong("repeated more than " + MAX_REPEAT + " times");
    }
    return Integer.parseInt(digits);
  }

  private void escape() {
    if (in.skip("A")) {
      add("\\A");
    } else if (in.skip("z")) {
      add("\\z");
    } else if (in.skip("b")) {
      add("(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))");
    } else if (in.skip("B")) {
      add("(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))");
    } else if (in.skip("Q")) {
      while (in.peek() != GoScanner.END && !in.skip("\\E")) {
        add(literal(in.next()));
      }
    } else {
      var set = in.set();
      add(set == null ? literal(in.character()) : "[" + set + "]");
    }
  }

  private String characterClass() {
    var text = new StringBuilder(in.skip("^") ? "[^" : "[");
    for (boolean first = true; first || in.peek() != ']'; first = false) {
      if (in.peek() == GoScanner.END) {
        throw in.wrong("missing ]");
      }
      var set = setInClass();
      text.append(set == null ? range() : set);
    }
    in.next();
    return text.append(']').toString();
  }

  private @Nullable String setInClass() {
    var posix = in.skip(POSIX);
    if (posix != null) {
      var name = posix.group(2);
      var set = name.equals("word") ? "0-9A-Za-z_" : "\\p{" + javaName(name) + "}";
      return "[" + posix.group(1) + set + "]";
    }
    if (in.isNext(UNKNOWN_POSIX)) {
      throw in.wrong("unknown class in brackets");
    }
    if (in.isNext(ESCAPED_SET)) {
      in.next();
      return in.set();
    }
    return null;
  }

  private static String javaName(String posix) {
    return switch (posix) {
      case "ascii" -> "ASCII";
      case "xdigit" -> "XDigit";
      default -> Character.toUpperCase(posix.charAt(0)) + posix.substring(1);
    };
  }

  private String range() {
    int low = characterInClass();
    if (!in.isNext(RANGE)) {
      return literal(low);
    }
    in.next();
    int high = characterInClass();
    if (high < low) {
      throw in.wrong("a range from high to low");
    }
    return literal(low) + "-" + literal(high);
  }

  private int characterInClass() {
    int c = in.next();
    return c == '\\' ? in.character() : c;
  }
}
