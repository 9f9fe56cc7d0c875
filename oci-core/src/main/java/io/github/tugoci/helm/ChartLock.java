package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.Digest;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Chart.lock: which versions of its dependencies a chart was resolved to.
 *
 * @param generated when, RFC 3339
 * @param digest the hash of the request that was resolved
 * @param entries the dependencies as plain values, resolved; null if the file has no list
 */
public record ChartLock(String generated, String digest, @Nullable List<?> entries) {
  /** The file's name in a chart. */
  public static final String FILE = "Chart.lock";

  /** The file's name in a chart of apiVersion v1. */
  public static final String OLD_FILE = "requirements.lock";

  /** Copies the list. */
  public ChartLock {
    entries = entries == null ? null : List.copyOf(entries);
  }

  /**
   * The lock of a resolved request.
   *
   * @param wanted the dependencies as {@link ChartMetadata#asMap} has them
   * @param locked the same with the versions that were found
   */
  public static ChartLock of(List<?> wanted, List<?> locked, OffsetDateTime generated) {
    return new ChartLock(format(generated), digest(wanted, locked), locked);
  }

  private static String digest(List<?> wanted, @Nullable List<?> locked) {
    return Digest.of(Json.write(Arrays.asList(wanted, locked))).toString();
  }

  /**
   * Whether it was made for a request.
   *
   * @param wanted the dependencies as {@link ChartMetadata#asMap} has them
   */
  public boolean answers(List<?> wanted) {
    return digest.equals(digest(wanted, entries));
  }

  /** Whether Helm 2 made it for a request: it hashed that alone. */
  public boolean answersInHelm2(List<?> wanted) {
    return digest.equals(Digest.of(Json.write(Map.of("dependencies", wanted))).toString());
  }

  /** The dependencies, resolved. */
  public List<ChartDependency> dependencies() {
    return entries == null
        ? List.of()
        : entries.stream().map(fields -> ChartDependency.of((Map<?, ?>) fields)).toList();
  }

  static ChartLock parse(byte[] yaml, String what) throws InvalidChartException {
    var fields = ChartFields.lock(yaml, what);
    return new ChartLock(
        time((String) fields.getOrDefault("generated", ""), what),
        (String) fields.getOrDefault("digest", ""),
        (List<?>) fields.get("dependencies"));
  }

  /** A time as Go writes it; the year 1 if there is none. */
  private static String time(String text, String what) throws InvalidChartException {
    if (text.isEmpty()) {
      return "0001-01-01T00:00:00Z";
    }
    try {
      return format(OffsetDateTime.parse(text));
    } catch (DateTimeParseException e) {
      throw new InvalidChartException(what + ": generated is not a time: \"" + text + "\"", e);
    }
  }

  static String format(OffsetDateTime time) {
    var fraction =
        time.getNano() == 0
            ? ""
            : String.format(Locale.ROOT, ".%09d", time.getNano()).replaceAll("0+$", "");
    var pattern = time.getOffset().equals(ZoneOffset.UTC) ? "'Z'" : "xxx";
    return time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"))
        + fraction
        + time.format(DateTimeFormatter.ofPattern(pattern));
  }

  /** The file's content, as Helm writes it. */
  public byte[] toYaml() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("dependencies", entries);
    fields.put("digest", digest);
    fields.put("generated", generated);
    return ChartYaml.write(fields);
  }
}
