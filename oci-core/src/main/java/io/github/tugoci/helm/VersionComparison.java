package io.github.tugoci.helm;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A comparison with a version of which parts may be left open: {@code ~1.2.x}.
 *
 * @param operator the comparison
 * @param bound the version, with 0 for what is open
 * @param open how many of the three numbers are open: 0 to 3, from the right
 */
record VersionComparison(String operator, SemanticVersion bound, int open) {
  private static final Pattern PARTS =
      Pattern.compile("v?([^.+-]+)(?:\\.([^.+-]+))?(?:\\.([^.+-]+))?(-[^+]+)?(?:\\+.*)?");

  /** Reads a comparison; empty if one of the version's numbers is too large. */
  static Optional<VersionComparison> of(String operator, String text) {
    var matcher = PARTS.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    var numbers = new String[] {"0", "0", "0"};
    int open = 3;
    for (int i = 0; i < 3; i++) {
      var part = matcher.group(i + 1);
      if (part == null || "xX*".contains(part)) {
        break;
      }
      numbers[i] = part;
      open--;
    }
    var prerelease = matcher.group(4) == null ? "" : matcher.group(4);
    int parts = open;
    return SemanticVersion.parse(String.join(".", numbers) + prerelease)
        .map(bound -> new VersionComparison(operator, bound, parts));
  }

  boolean namesPrerelease() {
    return !bound.prerelease().isEmpty();
  }

  boolean allows(SemanticVersion version, boolean prereleases) {
    if (version.isPrerelease() && !prereleases && !isExact()) {
      return false;
    }
    return switch (operator) {
      case "!=" -> !equal(version);
      case ">" -> open == 0 ? compare(version) > 0 : greaterThanAll(version);
      case ">=", "=>" -> compare(version) >= 0;
      case "<" -> compare(version) < 0;
      case "<=", "=<" -> compare(version) <= 0 || lessOrIn(version);
      case "~", "~>" -> tilde(version);
      case "^" -> caret(version);
      default -> open == 0 ? compare(version) == 0 : tilde(version);
    };
  }

  private boolean isExact() {
    return open == 0 && (operator.isEmpty() || operator.equals("="));
  }

  private int compare(SemanticVersion version) {
    return version.compareTo(bound);
  }

  /** Equal in the parts that aren't open; {@code *} is 0.0.0 here, as Masterminds has it. */
  private boolean equal(SemanticVersion version) {
    return switch (open) {
      case 1 -> sameMinor(version);
      case 2 -> version.major() == bound.major();
      default -> compare(version) == 0;
    };
  }

  private boolean sameMinor(SemanticVersion version) {
    return version.major() == bound.major() && version.minor() == bound.minor();
  }

  private boolean greaterThanAll(SemanticVersion version) {
    return version.major() > bound.major()
        || (open == 1 && version.major() == bound.major() && version.minor() > bound.minor());
  }

  private boolean lessOrIn(SemanticVersion version) {
    return switch (open) {
      case 1 -> sameMinor(version);
      case 2 -> version.major() == bound.major();
      case 3 -> version.major() == 0 && version.minor() == 0;
      default -> false;
    };
  }

  private boolean tilde(SemanticVersion version) {
    return compare(version) >= 0
        && (isZero() || (open == 2 ? version.major() == bound.major() : sameMinor(version)));
  }

  /** {@code ~0.0.0} and {@code *} take every version. */
  private boolean isZero() {
    return (open == 0 || open == 3)
        && bound.major() == 0
        && bound.minor() == 0
        && bound.patch() == 0;
  }

  private boolean caret(SemanticVersion version) {
    if (compare(version) < 0) {
      return false;
    }
    if (bound.major() > 0 || open == 2) {
      return version.major() == bound.major();
    }
    if (version.major() > 0) {
      return false;
    }
    if (bound.minor() > 0 || open == 1) {
      return version.minor() == bound.minor();
    }
    return version.minor() == 0 && version.patch() == bound.patch();
  }
}
