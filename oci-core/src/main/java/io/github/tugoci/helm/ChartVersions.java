package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.error.NotFoundException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a chart, from a repository's tags, the newest first. Tags that are no whole
 * version, such as {@code latest}, are left out, as Helm does.
 *
 * @param all the versions
 */
public record ChartVersions(List<SemanticVersion> all) {
  /** Copies the list. */
  public ChartVersions {
    all = List.copyOf(all);
  }

  /** The versions among a repository's tags. */
  public static ChartVersions of(Collection<String> tags) {
    return new ChartVersions(
        tags.stream()
            .map(SemanticVersion::fromTag)
            .flatMap(version -> SemanticVersion.parseStrict(version).stream())
            .sorted(Comparator.<SemanticVersion>reverseOrder().thenComparing(SemanticVersion::text))
            .toList());
  }

  /**
   * The tags that {@link #of} leaves out though they look like versions, as {@code v1.2.3} and
   * {@code 1.2}: the newest first.
   */
  public static List<String> omitted(Collection<String> tags) {
    return tags.stream()
        .map(SemanticVersion::fromTag)
        .filter(tag -> SemanticVersion.parseStrict(tag).isEmpty())
        .flatMap(tag -> SemanticVersion.parse(tag).stream())
        .sorted(Comparator.<SemanticVersion>reverseOrder().thenComparing(SemanticVersion::text))
        .map(SemanticVersion::tag)
        .toList();
  }

  /** The versions that a constraint allows. */
  public ChartVersions allowedBy(VersionConstraint constraint) {
    return new ChartVersions(all.stream().filter(constraint::allows).toList());
  }

  /**
   * Chooses as Helm does: the version of exactly that text, else the newest that the constraint
   * allows.
   *
   * @param constraint a version or a constraint; null for any
   * @param prereleases whether any may be a prerelease
   * @param chart the chart's name in error messages
   * @throws InvalidVersionException if the text isn't a constraint
   * @throws NotFoundException if no version will do
   */
  public SemanticVersion choose(@Nullable String constraint, boolean prereleases, Object chart)
      throws InvalidVersionException, NotFoundException {
    for (var version : all) {
      if (version.text().equals(constraint)) {
        return version;
      }
    }
    return allowedBy(constraint(constraint, prereleases)).all().stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException(none(constraint, chart)));
  }

  /**
   * The constraint that a person gave, or the one that holds where none was given.
   *
   * @throws InvalidVersionException if the text isn't a constraint
   */
  public static VersionConstraint constraint(@Nullable String text, boolean prereleases)
      throws InvalidVersionException {
    if (text == null || text.isBlank()) {
      return prereleases ? VersionConstraint.anyWithPrereleases() : VersionConstraint.any();
    }
    return VersionConstraint.parse(text).orElseThrow(() -> new InvalidVersionException(text));
  }

  private String none(@Nullable String constraint, Object chart) {
    var wanted = constraint == null ? "stable version" : "version " + constraint;
    if (all.isEmpty()) {
      return chart + " has no " + wanted + ": none of its tags is a version";
    }
    return "%s has no %s; the newest is %s".formatted(chart, wanted, all.get(0));
  }
}
