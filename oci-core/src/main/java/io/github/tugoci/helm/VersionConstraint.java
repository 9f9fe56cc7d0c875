package io.github.tugoci.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A constraint of versions, in Helm's grammar (Masterminds/semver 3): {@code ^1.2}, {@code ~1.2.3},
 * {@code 1.x}, {@code >=1.0, <2.0}, {@code 1.2 - 1.4.5}, {@code !=1.3.0}, several joined by {@code
 * ||}. A prerelease will do only where the constraint names one itself.
 */
public final class VersionConstraint {
  private static final String PART = "[0-9]+|[xX*]";
  private static final String VERSION =
      "v?(?:%1$s)(?:\\.(?:%1$s))?(?:\\.(?:%1$s))?(?:-[0-9A-Za-z.-]+)?(?:\\+[0-9A-Za-z.-]+)?"
          .formatted(PART);
  private static final Pattern ONE =
      Pattern.compile(
          "\\s*(=>|>=|=<|<=|!=|~>|[=<>~^]|)\\s*(" + VERSION + ")\\s*(?:,\\s*|$|(?=\\s))");
  private static final Pattern RANGE =
      Pattern.compile("\\s*(" + VERSION + ")\\s+-\\s+(" + VERSION + ")\\s*");
  private static final int MAX_LENGTH = 1024;

  private final List<List<VersionComparison>> alternatives;
  private final String text;

  private VersionConstraint(List<List<VersionComparison>> alternatives, String text) {
    this.alternatives = alternatives;
    this.text = text;
  }

  /** Any stable version. */
  public static VersionConstraint any() {
    return parse("*").orElseThrow();
  }

  /** Any version. */
  public static VersionConstraint anyWithPrereleases() {
    return parse(">0.0.0-0").orElseThrow();
  }

  /** Reads a constraint; empty if the text isn't valid. */
  public static Optional<VersionConstraint> parse(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    var alternatives = new ArrayList<List<VersionComparison>>();
    for (var alternative : text.split("\\|\\|", -1)) {
      var comparisons = comparisons(alternative);
      if (comparisons.isEmpty()) {
        return Optional.empty();
      }
      alternatives.add(comparisons);
    }
    return Optional.of(new VersionConstraint(alternatives, text));
  }

  /** What must hold together; empty if the text isn't understood. */
  private static List<VersionComparison> comparisons(String text) {
    var comparisons = new ArrayList<Optional<VersionComparison>>();
    int from = 0;
    while (from < text.length()) {
      var rest = text.substring(from);
      var range = RANGE.matcher(rest);
      var one = ONE.matcher(rest);
      if (range.lookingAt()) {
        comparisons.add(VersionComparison.of(">=", range.group(1)));
        comparisons.add(VersionComparison.of("<=", range.group(2)));
        from += range.end();
        from += text.startsWith(",", from) ? 1 : 0;
      } else if (one.lookingAt()) {
        comparisons.add(VersionComparison.of(one.group(1), one.group(2)));
        from += one.end();
      } else {
        if (!rest.isBlank()) {
          return List.of();
        }
        break;
      }
    }
    return comparisons.contains(Optional.<VersionComparison>empty())
        ? List.of()
        : comparisons.stream().flatMap(Optional::stream).toList();
  }

  /** Whether a version will do. */
  public boolean allows(SemanticVersion version) {
    return alternatives.stream()
        .anyMatch(
            all -> {
              boolean prereleases = all.stream().anyMatch(VersionComparison::namesPrerelease);
              return all.stream().allMatch(one -> one.allows(version, prereleases));
            });
  }

  /** The constraint as it was written. */
  @Override
  public String toString() {
    return text;
  }
}
