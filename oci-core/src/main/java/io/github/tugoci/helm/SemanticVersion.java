package io.github.tugoci.helm;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chart's version, read as loosely as Helm does it (Masterminds/semver 3, {@code NewVersion}): a
 * {@code v} may stand before it, minor and patch may be missing. The order is that of semver 2.0.0;
 * build metadata doesn't count.
 *
 * @param major the major number, unsigned as the others
 * @param minor the minor number, 0 if it isn't given
 * @param patch the patch number, 0 if it isn't given
 * @param prerelease what follows the {@code -}; empty for a release
 * @param metadata what follows the {@code +}; empty if there is none
 * @param text the version as it was written
 */
public record SemanticVersion(
    long major, long minor, long patch, String prerelease, String metadata, String text)
    implements Comparable<SemanticVersion> {
  private static final String IDENTIFIERS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+";
  private static final Pattern LOOSE =
      Pattern.compile(
          "v?([0-9]+)(?:\\.([0-9]+))?(?:\\.([0-9]+))?(?:-(%1$s))?(?:\\+(%1$s))?"
              .formatted(IDENTIFIERS));
  private static final Pattern STRICT =
      Pattern.compile(
          "(?:0|[1-9][0-9]*)(?:\\.(?:0|[1-9][0-9]*)){2}(?:-%1$s)?(?:\\+%1$s)?"
              .formatted(IDENTIFIERS));
  private static final int MAX_LENGTH = 256;

  /** Reads a version; empty if the text isn't valid. */
  public static Optional<SemanticVersion> parse(String text) {
    var matcher = LOOSE.matcher(text);
    if (text.length() > MAX_LENGTH || !matcher.matches()) {
      return Optional.empty();
    }
    var prerelease = orEmpty(matcher.group(4));
    for (var identifier : prerelease.split("\\.", -1)) {
      if (identifier.length() > 1 && identifier.charAt(0) == '0' && isNumber(identifier)) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          new SemanticVersion(
              number(matcher.group(1)),
              number(matcher.group(2)),
              number(matcher.group(3)),
              prerelease,
              orEmpty(matcher.group(5)),
              text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Reads a version that has all three numbers, no {@code v} and no superfluous zeros. */
  public static Optional<SemanticVersion> parseStrict(String text) {
    return STRICT.matcher(text).matches() ? parse(text) : Optional.empty();
  }

  /**
   * The version as a tag: a {@code +}, which no tag may have, becomes {@code _}, as Helm writes it.
   */
  public static String toTag(String version) {
    return version.replace('+', '_');
  }

  /** The version that a tag stands for, whether or not it is one. */
  public static String fromTag(String tag) {
    return tag.replace('_', '+');
  }

  /** The tag that it is pushed under. */
  public String tag() {
    return toTag(text);
  }

  /**
   * The same with more words in its prerelease, made valid where they aren't: to {@code 1.2.0},
   * {@code 7f3c} gives {@code 1.2.0-7f3c}, and {@code 012}, which must not be a number, gives
   * {@code 1.2.0-g012}.
   *
   * @throws IllegalArgumentException if it would be too long for a version
   */
  public SemanticVersion withPrerelease(String words) {
    int plus = text.indexOf('+');
    var front = (plus < 0 ? text : text.substring(0, plus)) + "-";
    var back = plus < 0 ? "" : text.substring(plus);
    var clean = words.replaceAll("[^0-9A-Za-z.-]", "-");
    return parse(front + clean + back)
        .or(() -> parse(front + "g" + clean.replace('.', '-') + back))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "invalid version " + front + words + back + ": too long for a tag"));
  }

  /** Whether it is a prerelease, such as {@code 1.0.0-rc.1}. */
  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  @Override
  public int compareTo(SemanticVersion other) {
    int order = Long.compareUnsigned(major, other.major);
    order = order != 0 ? order : Long.compareUnsigned(minor, other.minor);
    order = order != 0 ? order : Long.compareUnsigned(patch, other.patch);
    return order != 0 ? order : comparePrereleases(prerelease, other.prerelease);
  }

  private static int comparePrereleases(String left, String right) {
    if (left.isEmpty() || right.isEmpty()) {
      return Boolean.compare(left.isEmpty(), right.isEmpty());
    }
    var lefts = left.split("\\.", -1);
    var rights = right.split("\\.", -1);
    for (int i = 0; i < Math.min(lefts.length, rights.length); i++) {
      int order = compareIdentifiers(lefts[i], rights[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(lefts.length, rights.length);
  }

  private static int compareIdentifiers(String left, String right) {
    boolean number = isNumber(left);
    if (number != isNumber(right)) {
      return number ? -1 : 1;
    }
    int lengths = number ? Integer.compare(left.length(), right.length()) : 0;
    return lengths != 0 ? lengths : left.compareTo(right);
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseUnsignedLong(digits);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The version as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
