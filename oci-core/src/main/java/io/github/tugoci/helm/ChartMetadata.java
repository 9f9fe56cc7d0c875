package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metadata of a Chart.yaml, checked by Helm's rules, with the readings of YAML 1.1 that Helm
 * has ({@code version: 1.10} is {@code 1.1}). Fields that Helm doesn't know are dropped.
 */
public final class ChartMetadata {
  /** The file's name in a chart. */
  static final String FILE = "Chart.yaml";

  private final Map<String, Object> fields;

  private ChartMetadata(Map<String, Object> fields) {
    this.fields = Collections.unmodifiableMap(fields);
  }

  /**
   * Reads a Chart.yaml.
   *
   * @param what names the file in errors
   * @throws InvalidChartException if it isn't valid YAML or breaks a rule
   */
  public static ChartMetadata parse(byte[] yaml, String what) throws InvalidChartException {
    return of(ChartFields.metadata(yaml, what), what);
  }

  static ChartMetadata of(Map<String, Object> fields, String what) throws InvalidChartException {
    var clean = ChartRules.clean(ChartFields.inOrder(fields));
    ChartRules.check(clean, what);
    return new ChartMetadata(clean);
  }

  /** The chart's name. */
  public String name() {
    return text("name").orElseThrow();
  }

  /** The chart's version. */
  public String version() {
    return text("version").orElseThrow();
  }

  /** {@code v2}, or {@code v1} for charts of Helm 2. */
  public String apiVersion() {
    return text("apiVersion").orElseThrow();
  }

  /** The version of what the chart installs. */
  public Optional<String> appVersion() {
    return text("appVersion");
  }

  /** A sentence on what it is. */
  public Optional<String> description() {
    return text("description");
  }

  /** The URL of the project. */
  public Optional<String> home() {
    return text("home");
  }

  /** The URL of an icon. */
  public Optional<String> icon() {
    return text("icon");
  }

  /** {@code application} or {@code library}. */
  public Optional<String> type() {
    return text("type");
  }

  /** The URLs of its source. */
  public List<String> sources() {
    return list("sources").stream().map(String.class::cast).toList();
  }

  /** The maintainers. */
  public List<ChartMaintainer> maintainers() {
    return list("maintainers").stream()
        .map(fields -> ChartMaintainer.of((Map<?, ?>) fields))
        .toList();
  }

  /** The charts that it needs. */
  public List<ChartDependency> dependencies() {
    return list("dependencies").stream()
        .map(fields -> ChartDependency.of((Map<?, ?>) fields))
        .toList();
  }

  /** Free words about it, sorted by key. */
  public Map<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    if (fields.get("annotations") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> annotations.put((String) key, (String) value));
    }
    return Collections.unmodifiableMap(annotations);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable((String) fields.get(name));
  }

  private List<?> list(String name) {
    return (List<?>) fields.getOrDefault(name, List.of());
  }

  /**
   * The same with another version.
   *
   * @throws InvalidChartException if the version is malformed
   */
  public ChartMetadata withVersion(String version) throws InvalidChartException {
    return with("version", version);
  }

  /** The same with another version of what the chart installs. */
  public ChartMetadata withAppVersion(String appVersion) throws InvalidChartException {
    return with("appVersion", appVersion);
  }

  ChartMetadata with(String name, Object value) throws InvalidChartException {
    var changed = new LinkedHashMap<>(fields);
    changed.put(name, value);
    return of(changed, FILE);
  }

  ChartMetadata withoutDependencies() throws InvalidChartException {
    var changed = new LinkedHashMap<>(fields);
    changed.remove("dependencies");
    return of(changed, FILE);
  }

  /** All fields as plain values, in the order in which Helm writes them as JSON. */
  public Map<String, Object> asMap() {
    return fields;
  }

  /** The JSON that Helm pushes as a chart's configuration. */
  public Bytes toJson() {
    return Bytes.of(Json.write(fields));
  }

  /** The Chart.yaml that Helm packages. */
  public Bytes toYaml() {
    return Bytes.of(ChartYaml.write(fields));
  }

  /** {@code NAME-VERSION}. */
  @Override
  public String toString() {
    return name() + "-" + version();
  }
}
