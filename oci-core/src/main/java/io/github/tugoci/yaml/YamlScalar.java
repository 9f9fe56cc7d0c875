package io.github.tugoci.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidYamlException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/** What a YAML scalar means to go-yaml 2, and how Go writes it where a string is wanted. */
final class YamlScalar {
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern INTEGER =
      Pattern.compile("([-+]?)(0[xX]_?|0[bB]_?|0[oO]_?|0_?)?([0-9a-fA-F]+)");

  /** From this exponent on Go writes a number of 32 bits with one. */
  private static final int SINGLE_EXPONENT = 6;

  private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final Map<String, @Nullable Object> WORDS = words();

  private YamlScalar() {}

  private static Map<String, @Nullable Object> words() {
    Map<String, @Nullable Object> words = new HashMap<>();
    for (var yes : new String[] {"y", "yes", "true", "on"}) {
      putCases(words, yes, true);
    }
    for (var no : new String[] {"n", "no", "false", "off"}) {
      putCases(words, no, false);
    }
    putCases(words, "null", null);
    words.put("", null);
    words.put("~", null);
    for (var nan : new String[] {".nan", ".NaN", ".NAN"}) {
      words.put(nan, Double.NaN);
    }
    for (var infinity : new String[] {".inf", ".Inf", ".INF"}) {
      words.put(infinity, Double.POSITIVE_INFINITY);
      words.put("+" + infinity, Double.POSITIVE_INFINITY);
      words.put("-" + infinity, Double.NEGATIVE_INFINITY);
    }
    return words;
  }

  private static void putCases(
      Map<String, @Nullable Object> words, String word, @Nullable Object value) {
    words.put(word, value);
    words.put(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1), value);
    words.put(word.toUpperCase(Locale.ROOT), value);
  }

  /**
   * The value of a scalar, as go-yaml 2 decodes it: a plain scalar by its text; a tagged one by its
   * text too, which must fit the tag; with the tags {@code !!str}, {@code !!timestamp} and local
   * ones it stays a text.
   *
   * @param tag the tag that was given or that a quoted scalar has; null if it is a plain scalar
   */
  static @Nullable Object value(String text, @Nullable Tag tag, String what)
      throws InvalidYamlException {
    if (tag == null) {
      return resolve(text);
    }
    if (tag.equals(Tag.BINARY)) {
      return binary(text, what);
    }
    var resolved = resolve(text);
    if (tag.equals(Tag.FLOAT) && resolved instanceof Long number) {
      return (double) number;
    }
    if (!fits(resolved, tag)) {
      throw new InvalidYamlException(
          "invalid YAML in %s: '%s' is not a %s".formatted(what, text, tag.getClassName()));
    }
    return Tag.standardTags.contains(tag) && !tag.equals(Tag.STR) && !tag.equals(Tag.TIMESTAMP)
        ? resolved
        : text;
  }

  /** Whether a resolved value is of the type that a standard tag names; other tags fit all. */
  private static boolean fits(@Nullable Object resolved, Tag tag) {
    if (tag.equals(Tag.INT)) {
      return resolved instanceof Long || resolved instanceof BigInteger;
    }
    if (tag.equals(Tag.FLOAT)) {
      return resolved instanceof Double;
    }
    if (tag.equals(Tag.BOOL)) {
      return resolved instanceof Boolean;
    }
    return !tag.equals(Tag.NULL) || resolved == null;
  }

  private static String binary(String text, String what) throws InvalidYamlException {
    var base64 = text.replaceAll("[\r\n]", "");
    try {
      if (base64.length() % 4 == 0) {
        return new String(Base64.getDecoder().decode(base64), UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidYamlException("invalid YAML in " + what + ": !!binary is not base64", e);
    }
    throw new InvalidYamlException("invalid YAML in " + what + ": !!binary is truncated");
  }

  /** What a plain scalar means. */
  static @Nullable Object resolve(String text) {
    if (WORDS.containsKey(text)) {
      return WORDS.get(text);
    }
    if ("+-.0123456789".indexOf(text.charAt(0)) < 0) {
      return text;
    }
    var digits = text.replace("_", "");
    var integer = integer(digits);
    if (integer != null) {
      return integer;
    }
    return FLOAT.matcher(digits).matches() ? real(digits) : text;
  }

  private static @Nullable Object integer(String text) {
    var matcher = INTEGER.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    var prefix = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
    int radix =
        switch (prefix) {
          case "0x" -> 16;
          case "0b" -> 2;
          case "0", "0o" -> 8;
          default -> 10;
        };
    try {
      var value = new BigInteger(matcher.group(1) + matcher.group(3), radix);
      if (value.bitLength() < 64) {
        return value.longValueExact();
      }
      // Only without a sign does Go try an unsigned number.
      return matcher.group(1).isEmpty() && value.compareTo(MAX_UNSIGNED) <= 0 ? value : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object real(String text) {
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? text : (Object) value;
  }

  /** How a value is written where Helm wants a string; null if it is none. */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof Double number) {
      return single(number);
    }
    return value instanceof String || value instanceof Boolean || value instanceof Number
        ? value.toString()
        : null;
  }

  /** How a value is written as a map's key. */
  static String key(@Nullable Object value, String what) throws InvalidYamlException {
    var text = value instanceof BigInteger ? null : text(value);
    if (text == null) {
      throw new InvalidYamlException(
          "invalid YAML in " + what + ": key '" + value + "' is not readable by Helm");
    }
    return value instanceof Double
        ? switch (text) {
          case "+Inf" -> ".inf";
          case "-Inf" -> "-.inf";
          case "NaN" -> ".nan";
          default -> text;
        }
        : text;
  }

  /** A real number as Helm's library turns it into text: as one of 32 bits, whatever it was. */
  private static String single(double value) {
    float single = (float) value;
    if (Float.isNaN(single) || Float.isInfinite(single) || single == 0) {
      return real(single, SINGLE_EXPONENT);
    }
    int digits = 1;
    var decimal = rounded(single, digits);
    while (Float.parseFloat(decimal.toString()) != single) {
      decimal = rounded(single, ++digits);
    }
    return real(decimal, SINGLE_EXPONENT);
  }

  private static BigDecimal rounded(float value, int digits) {
    return new BigDecimal(value).round(new MathContext(digits));
  }

  /**
   * As Go's strconv writes the shortest form that reads back the same, with %e from an exponent.
   */
  static String real(double value, int largestExponent) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    return real(new BigDecimal(Double.toString(value)), largestExponent);
  }

  private static String real(BigDecimal value, int largestExponent) {
    var decimal = value.stripTrailingZeros();
    var digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - decimal.scale() - 1;
    var sign = value.signum() < 0 ? "-" : "";
    if (exponent >= -4 && exponent < largestExponent) {
      return decimal.toPlainString();
    }
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
