package io.github.tugoci.dependency;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.yaml.Yaml;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chart repository's {@code index.yaml}: its charts with their versions and URLs. What has no
 * version or no URL is left out, as Helm does.
 */
final class ChartRepositoryIndex {
  private static final Pattern SHA256 = Pattern.compile("(?:sha256:)?([0-9a-fA-F]{64})");

  private final String what;
  private final Map<?, ?> charts;

  private ChartRepositoryIndex(String what, Map<?, ?> charts) {
    this.what = what;
    this.charts = charts;
  }

  /**
   * A version of a chart.
   *
   * @param url where its archive is; it can be relative to the repository
   * @param digest the archive's, if the index says so
   */
  record Entry(SemanticVersion version, String url, Optional<Digest> digest) {}

  /**
   * Reads an index.
   *
   * @param what its name in error messages
   */
  static ChartRepositoryIndex parse(Bytes yaml, String what) throws InvalidContentException {
    try {
      if (Yaml.read(yaml.toArray(), what) instanceof Map<?, ?> index
          && index.get("entries") instanceof Map<?, ?> entries) {
        return new ChartRepositoryIndex(what, entries);
      }
    } catch (InvalidYamlException e) {
      throw new InvalidContentException(String.valueOf(e.getMessage()), e);
    }
    throw new InvalidContentException("not an index of charts: " + what + ": missing entries");
  }

  /** The versions of a chart, the newest first. */
  ChartVersions versions(String chart) throws NotFoundException {
    return new ChartVersions(entries(chart).stream().map(Entry::version).toList());
  }

  /** The best version that a version or constraint allows; null allows any. */
  Entry choose(String chart, @Nullable String constraint, boolean prereleases)
      throws InvalidVersionException, NotFoundException {
    var entries = entries(chart);
    var version = versions(chart).choose(constraint, prereleases, chart + " in " + what);
    return entries.stream().filter(entry -> entry.version().equals(version)).findFirst().get();
  }

  /** The newest first; of equal ones, in the index's order. */
  private List<Entry> entries(String chart) throws NotFoundException {
    var entries =
        charts.get(chart) instanceof List<?> list
            ? list.stream()
                .flatMap(ChartRepositoryIndex::entry)
                .sorted(Comparator.comparing(Entry::version).reversed())
                .toList()
            : List.<Entry>of();
    if (entries.isEmpty()) {
      throw new NotFoundException(what + " has no chart " + chart);
    }
    return entries;
  }

  private static Stream<Entry> entry(Object item) {
    if (item instanceof Map<?, ?> fields
        && fields.get("urls") instanceof List<?> urls
        && !urls.isEmpty()
        && urls.get(0) instanceof String url) {
      var text = Yaml.text(fields.get("version"));
      return Stream.ofNullable(text)
          .flatMap(version -> SemanticVersion.parse(version).stream())
          .map(version -> new Entry(version, url, digest(fields.get("digest"))));
    }
    return Stream.empty();
  }

  /** What isn't a SHA-256, as an empty text, promises nothing; Helm never looks at it. */
  private static Optional<Digest> digest(@Nullable Object given) {
    if (!(given instanceof String text)) {
      return Optional.empty();
    }
    var matcher = SHA256.matcher(text);
    return matcher.matches()
        ? Optional.of(Digest.parse("sha256:" + matcher.group(1).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
