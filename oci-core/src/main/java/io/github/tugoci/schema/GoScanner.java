package io.github.tugoci.schema;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Walks over one of Go's regular expressions and reads its escapes. */
final class GoScanner {
  static final int END = -1;

  /** Go's \s, which has no vertical tab; and other sets, as they stand in one of Java's classes. */
  private static final Map<Integer, String> SETS =
      Map.of(
          (int) 'd', "0-9",
          (int) 'D', "[^0-9]",
          (int) 's', "\\t\\n\\f\\r ",
          (int) 'S', "[^\\t\\n\\f\\r ]",
          (int) 'w', "0-9A-Za-z_",
          (int) 'W', "[^0-9A-Za-z_]");

  /** The categories of characters and their long names, without case and underscores. */
  private static final Map<String, String> CATEGORIES =
      categories(
          """
          C other, Cc control cntrl, Cf format, Cn unassigned, Co privateuse, Cs surrogate,
          L letter, LC casedletter, Ll lowercaseletter, Lm modifierletter, Lo otherletter,
          Lt titlecaseletter, Lu uppercaseletter, M mark combiningmark, Mc spacingmark,
          Me enclosingmark, Mn nonspacingmark, N number, Nd decimalnumber digit, Nl letternumber,
          No othernumber, P punctuation punct, Pc connectorpunctuation, Pd dashpunctuation,
          Pe closepunctuation, Pf finalpunctuation, Pi initialpunctuation, Po otherpunctuation,
          Ps openpunctuation, S symbol, Sc currencysymbol, Sk modifiersymbol, Sm mathsymbol,
          So othersymbol, Z separator, Zl lineseparator, Zp paragraphseparator, Zs spaceseparator
          """);

  private static final Pattern PROPERTY =
      Pattern.compile("([pP])(?:\\{(\\^?)([A-Za-z_ -]+)\\}|([A-Z]))");
  private static final Pattern HEX =
      Pattern.compile("x(?:([0-9A-Fa-f]{2})|\\{([0-9A-Fa-f]{1,6})\\})");
  private static final Pattern OCTAL = Pattern.compile("0[0-7]{0,2}|[1-7][0-7]{1,2}");
  private static final String CONTROLS = "a\u0007f\ft\tn\nr\rv\u000b";

  private final String source;
  private int at;

  GoScanner(String source) {
    this.source = source;
  }

  IllegalArgumentException wrong(String fault) {
    return new IllegalArgumentException(
        "invalid pattern \"%s\": %s (patterns are Go's: RE2)".formatted(source, fault));
  }

  /** The next character, or {@link #END}. */
  int peek() {
    return at < source.length() ? source.codePointAt(at) : END;
  }

  /** Goes over the next character. */
  int next() {
    int c = peek();
    at += c == END ? 0 : Character.charCount(c);
    return c;
  }

  /** Goes over a text if it is next. */
  boolean skip(String text) {
    boolean found = source.startsWith(text, at);
    at += found ? text.length() : 0;
    return found;
  }

  /** Goes over what matches next; null if it doesn't. */
  @Nullable Matcher skip(Pattern pattern) {
    var matcher = pattern.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return null;
    }
    at = matcher.end();
    return matcher;
  }

  /** Whether something matches next. */
  boolean isNext(Pattern pattern) {
    return pattern.matcher(source).region(at, source.length()).lookingAt();
  }

  /** The set that an escape stands for, behind its backslash, as part of a class; or null. */
  @Nullable String set() {
    var set = SETS.get(peek());
    if (set != null) {
      next();
      return set;
    }
    var property = skip(PROPERTY);
    if (property == null) {
      return null;
    }
    var name = property.group(3) == null ? property.group(4) : property.group(3);
    boolean not = property.group(1).equals("P") != "^".equals(property.group(2));
    return (not ? "\\P{" : "\\p{") + property(name) + "}";
  }

  private String property(String name) {
    var plain = name.replaceAll("[_ -]", "").toLowerCase(Locale.ROOT);
    var category = CATEGORIES.get(plain);
    if (category != null) {
      return category;
    }
    return switch (plain) {
      case "any" -> "IsAssigned}\\P{IsAssigned";
      case "assigned" -> "IsAssigned";
      case "ascii" -> "ASCII";
      default -> script(name);
    };
  }

  private String script(String name) {
    try {
      return "Is" + Character.UnicodeScript.forName(name);
    } catch (IllegalArgumentException e) {
      throw wrong("unknown character property " + name);
    }
  }

  private static Map<String, String> categories(String table) {
    var categories = new HashMap<String, String>();
    for (var row : table.strip().split(",\\s+", -1)) {
      var names = row.split(" ", -1);
      for (var name : names) {
        categories.put(name.toLowerCase(Locale.ROOT), names[0]);
      }
    }
    return categories;
  }

  /** The character that an escape stands for, behind its backslash. */
  int character() {
    var hex = skip(HEX);
    if (hex != null) {
      int c = Integer.parseInt(hex.group(1) == null ? hex.group(2) : hex.group(1), 16);
      if (c > Character.MAX_CODE_POINT) {
        throw wrong("no such character");
      }
      return c;
    }
    var octal = skip(OCTAL);
    if (octal != null) {
      return Integer.parseInt(octal.group(), 8);
    }
    int c = next();
    int control = CONTROLS.indexOf(c);
    if (control >= 0 && control % 2 == 0) {
      return CONTROLS.charAt(control + 1);
    }
    if (c == END || c >= 0x80 || Character.isLetterOrDigit(c)) {
      throw wrong(
          c == END ? "it ends in a backslash" : "unknown escape \\" + Character.toString(c));
    }
    return c;
  }
}
