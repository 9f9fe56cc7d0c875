package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A chart with its files and its subcharts, read and checked as Helm does it.
 *
 * <pre>{@code
 * var chart = Chart.read(Path.of("helm/shop"));
 * chart.metadata().version();
 * }</pre>
 */
public final class Chart {
  static final String VALUES = "values.yaml";
  static final String SCHEMA = "values.schema.json";
  static final String TEMPLATES = "templates/";
  static final String CHARTS = "charts/";
  private static final Set<String> READMES = Set.of("readme.md", "readme.txt", "readme");
  private static final Pattern CRD =
      Pattern.compile("crds/.*\\.(?:ya?ml|json)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final ChartMetadata metadata;
  private final ChartFile metadataFile;
  private final @Nullable ChartFile lockFile;
  private final List<ChartFile> files;
  private final List<Chart> subcharts;

  Chart(
      ChartMetadata metadata,
      ChartFile metadataFile,
      @Nullable ChartFile lockFile,
      List<ChartFile> files,
      List<Chart> subcharts) {
    this.metadata = metadata;
    this.metadataFile = metadataFile;
    this.lockFile = lockFile;
    this.files = List.copyOf(files);
    this.subcharts = List.copyOf(subcharts);
  }

  /**
   * Reads a chart from a directory or an archive, within Helm's limits.
   *
   * @throws InvalidChartException if it isn't a chart or breaks a rule
   * @throws InvalidContentException if the archive is damaged or not safe to read
   * @throws FileSystemException if it is a pipe or a device
   */
  public static Chart read(Path chart) throws IOException {
    return read(chart, ChartLimits.HELM);
  }

  /** Reads a chart from a directory or an archive. */
  public static Chart read(Path chart, ChartLimits limits) throws IOException {
    if (Files.exists(chart) && !Files.isDirectory(chart)) {
      try (var in = InputFile.openRegular(chart)) {
        return read(in, limits, chart.toString());
      }
    }
    try {
      return ChartLoader.load(ChartDirectory.read(chart, limits), limits);
    } catch (InvalidChartException e) {
      throw e.in(chart.toString());
    }
  }

  /**
   * Reads of a chart's directory what it says of itself and of its dependencies, with its lock. No
   * other file is looked at: what is in the directory charts may be missing or broken.
   *
   * @throws InvalidChartException if it isn't a chart or breaks a rule
   */
  public static Chart readHead(Path directory) throws IOException {
    try {
      return ChartLoader.load(
          ChartDirectory.readHead(directory, ChartLimits.HELM), ChartLimits.HELM);
    } catch (InvalidChartException e) {
      throw e.in(directory.toString());
    }
  }

  /**
   * Reads a chart from an archive, which is read to its end.
   *
   * @param what the archive's name in error messages
   */
  public static Chart read(InputStream archive, ChartLimits limits, String what)
      throws IOException {
    try {
      return ChartLoader.load(ArchivedFiles.read(archive, limits, what), limits);
    } catch (InvalidChartException e) {
      throw e.in(what);
    }
  }

  /** The metadata of its Chart.yaml. */
  public ChartMetadata metadata() {
    return metadata;
  }

  /** The charts in its directory {@code charts}, sorted by file name. */
  public List<Chart> subcharts() {
    return subcharts;
  }

  /** The content of one of its files, by the path in the chart; not one of a subchart. */
  public Optional<Bytes> file(String name) {
    return files.stream()
        .filter(file -> file.name().equals(name))
        .map(ChartFile::content)
        .findFirst();
  }

  /**
   * The content of its values.yaml, as plain values.
   *
   * @throws InvalidChartException if it isn't valid YAML
   */
  public Map<?, ?> values() throws InvalidChartException {
    var file = file(VALUES);
    return file.isPresent() && ChartYaml.read(file.get().toArray(), VALUES) instanceof Map<?, ?> map
        ? map
        : Map.of();
  }

  /** The README, if it has one: {@code README.md}, {@code readme.txt} or {@code readme}. */
  public Optional<Bytes> readme() {
    return files.stream()
        .filter(file -> READMES.contains(file.name().toLowerCase(Locale.ROOT)))
        .map(ChartFile::content)
        .findFirst();
  }

  /**
   * The files in its directory {@code crds} and in those of its subcharts, as texts, by their paths
   * in the chart.
   */
  public Map<String, Bytes> crds() {
    var crds = new LinkedHashMap<String, Bytes>();
    addCrds("", crds);
    return Collections.unmodifiableMap(crds);
  }

  private void addCrds(String prefix, Map<String, Bytes> to) {
    files.stream()
        .filter(Chart::isCrd)
        .forEach(file -> to.put(prefix + file.name(), file.content()));
    for (var subchart : subcharts) {
      subchart.addCrds(prefix + CHARTS + subchart.metadata.name() + "/", to);
    }
  }

  static boolean isCrd(ChartFile file) {
    return CRD.matcher(file.name()).matches();
  }

  /** The lock, if it has one: Chart.lock, or requirements.lock. */
  public Optional<ChartLock> lock() throws InvalidChartException {
    return lockFile == null
        ? Optional.empty()
        : Optional.of(ChartLock.parse(lockFile.bytes(), lockFile.name()));
  }

  /** The same chart with other metadata. */
  public Chart withMetadata(ChartMetadata changed) {
    return new Chart(changed, metadataFile, lockFile, files, subcharts);
  }

  /** The same chart with other charts in its directory {@code charts}, sorted by name. */
  public Chart withSubcharts(List<Chart> changed) {
    var sorted =
        changed.stream()
            .sorted(Comparator.comparing(one -> one.metadata.toString(), ByteOrder.OF_TEXT))
            .toList();
    return new Chart(metadata, metadataFile, lockFile, files, sorted);
  }

  /** The file that the metadata was read from. */
  ChartFile metadataFile() {
    return metadataFile;
  }

  Optional<ChartFile> lockFile() {
    return Optional.ofNullable(lockFile);
  }

  /**
   * Its files but Chart.yaml, Chart.lock and those of subcharts, in the order that they came in.
   */
  List<ChartFile> files() {
    return files;
  }

  boolean isVersion1() {
    return metadata.apiVersion().equals("v1");
  }
}
