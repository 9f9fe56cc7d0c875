package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import io.github.tugoci.text.FileName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Packages charts with the entries that Helm gives them, in Helm's order. Of one source it makes
 * the same bytes everywhere; subcharts, which Helm writes in a random order, are sorted.
 */
public final class ChartPackager {
  /** How large a chart may be was said where it was read. */
  private static final ChartLimits ANY_SIZE = new ChartLimits(Long.MAX_VALUE, Long.MAX_VALUE);

  private final ChartTimestamps timestamps;

  private ChartPackager(ChartTimestamps timestamps) {
    this.timestamps = timestamps;
  }

  /** A packager whose packages are reproducible. */
  public static ChartPackager reproducible() {
    return with(ChartTimestamps.fixed());
  }

  /** A packager that gives files these times. */
  public static ChartPackager with(ChartTimestamps timestamps) {
    return new ChartPackager(timestamps);
  }

  /**
   * Writes {@code NAME-VERSION.tgz}; a file of that name is replaced, whole or not at all.
   *
   * @param directory the directory to write to; created if it doesn't exist
   * @throws InvalidChartException if its apiVersion is not v1 or v2, a dependency isn't there, or
   *     the values' schema isn't JSON
   */
  public ChartArchive write(Chart chart, Path directory) throws IOException {
    check(chart);
    Files.createDirectories(directory);
    var file = directory.resolve(chart.metadata() + ".tgz");
    var packed = packed(chart);
    // What can't be read again isn't written at all.
    var metadata = Chart.read(packed.open(), ANY_SIZE, file.toString()).metadata();
    AtomicFile.write(file, out -> packed.open().transferTo(out));
    return ChartArchive.of(file, metadata, Descriptor.of(ChartMedia.CONTENT, packed));
  }

  /**
   * Packages a chart in memory, to be pushed. Of what is packed only the new Chart.yaml is read
   * again, as the manifest is made of it; all else was checked when the chart was read.
   *
   * @throws InvalidChartException if its apiVersion is not v1 or v2, a dependency isn't there, or
   *     the values' schema isn't JSON
   */
  public ChartArchive pack(Chart chart) throws IOException {
    check(chart);
    var packed = packed(chart);
    return new ChartArchive(
        FileName.path(chart.metadata() + ".tgz"),
        readAgain(chart),
        Descriptor.of(ChartMedia.CONTENT, packed),
        null,
        packed);
  }

  /** What a reader of the package takes for its metadata: of v1, two files have it. */
  private static ChartMetadata readAgain(Chart chart) throws IOException {
    var files = new ArrayList<ChartFile>();
    files.add(
        ChartFile.of(ChartMetadata.FILE, packedMetadata(chart).toYaml().toArray(), Instant.EPOCH));
    files.addAll(having(chart.files(), name -> name.equals(ChartLoader.OLD_DEPENDENCIES)));
    return ChartLoader.load(files, ANY_SIZE).metadata();
  }

  private static ChartMetadata packedMetadata(Chart chart) throws InvalidChartException {
    return chart.isVersion1() ? chart.metadata().withoutDependencies() : chart.metadata();
  }

  private static void check(Chart chart) throws InvalidChartException {
    checkApiVersion(chart.metadata());
    checkDependencies(chart);
  }

  /** Writes the package to a stream, which stays open; dependencies aren't looked for. */
  public void writeTo(OutputStream out, Chart chart) throws IOException {
    packed(chart).open().transferTo(out);
  }

  private Bytes packed(Chart chart) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var tar = new TarWriter(Gzip.compress(packed))) {
      write(tar, chart, "");
    }
    return Bytes.of(packed.toByteArray());
  }

  /** Helm 3 packages and installs whatever says so; Helm 4 does neither. */
  private static void checkApiVersion(ChartMetadata metadata) throws InvalidChartException {
    var version = metadata.apiVersion();
    if (!version.equals("v1") && !version.equals("v2")) {
      throw new InvalidChartException(
          "%s: unsupported apiVersion \"%s\": expected v1 or v2 (Helm 4)"
              .formatted(ChartMetadata.FILE, version));
    }
  }

  private static void checkDependencies(Chart chart) throws InvalidChartException {
    var there = chart.subcharts().stream().map(subchart -> subchart.metadata().name()).toList();
    var missing =
        chart.metadata().dependencies().stream()
            .map(ChartDependency::name)
            .filter(name -> !there.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidChartException(
          "found in Chart.yaml, but missing in charts/ directory: " + String.join(", ", missing));
    }
  }

  private void write(TarWriter tar, Chart chart, String prefix) throws IOException {
    checkAnnotations(chart.metadata());
    var base = prefix + chart.metadata().name() + "/";
    add(tar, base, chart.metadataFile(), packedMetadata(chart).toYaml().toArray());
    var lock = chart.lockFile();
    if (lock.isPresent() && chart.metadata().apiVersion().equals("v2")) {
      var content = chart.lock().orElseThrow().toYaml();
      add(tar, base, lock.get().withName(ChartLock.FILE), content);
    }
    addAll(tar, base, chart.files(), name -> name.equals(Chart.VALUES));
    for (var schema : having(chart.files(), name -> name.equals(Chart.SCHEMA))) {
      checkSchema(schema);
      add(tar, base, schema, schema.bytes());
    }
    addAll(tar, base, chart.files(), name -> name.startsWith(Chart.TEMPLATES));
    addAll(
        tar,
        base,
        chart.files(),
        name ->
            !name.equals(Chart.VALUES)
                && !name.equals(Chart.SCHEMA)
                && !name.startsWith(Chart.TEMPLATES));
    for (var subchart : chart.subcharts()) {
      if (subchart.metadata().name().endsWith(".tgz")) {
        throw new InvalidChartException("a directory is named like an archive");
      }
      write(tar, subchart, base + Chart.CHARTS);
    }
  }

  /** Helm cleans the other fields; an annotation with such a character it can't write. */
  private static void checkAnnotations(ChartMetadata metadata) throws InvalidChartException {
    var texts = metadata.annotations().toString();
    // As a key, a text over several lines can't be read.
    boolean brokenKey =
        metadata.annotations().keySet().stream().anyMatch(key -> key.contains("\u0085"));
    if (brokenKey || texts.codePoints().anyMatch(ChartPackager::isRefused)) {
      throw new InvalidChartException("control characters in the annotations of Chart.yaml");
    }
  }

  /** Whether YAML can't hold a character that JSON, which Helm makes first, doesn't escape. */
  private static boolean isRefused(int c) {
    return (c >= 0x7f && c <= 0x9f && c != 0x85) || c == 0xfffe || c == 0xffff;
  }

  private static void checkSchema(ChartFile schema) throws InvalidChartException {
    if (!Json.isValid(schema.bytes())) {
      throw new InvalidChartException("invalid JSON in values.schema.json");
    }
  }

  private static List<ChartFile> having(List<ChartFile> files, Predicate<String> name) {
    return files.stream().filter(file -> name.test(file.name())).toList();
  }

  private void addAll(TarWriter tar, String base, List<ChartFile> files, Predicate<String> name)
      throws IOException {
    for (var file : having(files, name)) {
      add(tar, base, file, file.bytes());
    }
  }

  private void add(TarWriter tar, String base, ChartFile file, byte[] content) throws IOException {
    ArchivedFiles.safeName(base + file.name()); // what can't be read again isn't written
    tar.add(
        TarEntry.file(base + file.name(), content.length, timestamps.of(file.modified())), content);
  }
}
