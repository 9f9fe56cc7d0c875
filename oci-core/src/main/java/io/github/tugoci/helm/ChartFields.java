package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a YAML file says into what Helm's own types hold: known fields only, in Helm's order,
 * empty ones left out, numbers and booleans read as text where a text is wanted. Names of fields
 * match in any case, as in Go's JSON.
 */
final class ChartFields {
  /** What a field may hold. */
  private enum Kind {
    TEXT,
    /** A text that is written even if it's empty. */
    REQUIRED_TEXT,
    FLAG,
    TEXTS,
    TEXT_MAP,
    ANYTHING,
    MAINTAINERS,
    DEPENDENCIES,
    /** Dependencies that are written even if the list is empty. */
    LOCKED
  }

  private static final Map<String, Kind> MAINTAINER =
      fields("name", Kind.TEXT, "email", Kind.TEXT, "url", Kind.TEXT);
  private static final Map<String, Kind> DEPENDENCY =
      fields(
          "name",
          Kind.REQUIRED_TEXT,
          "version",
          Kind.TEXT,
          "repository",
          Kind.REQUIRED_TEXT,
          "condition",
          Kind.TEXT,
          "tags",
          Kind.TEXTS,
          "enabled",
          Kind.FLAG,
          "import-values",
          Kind.ANYTHING,
          "alias",
          Kind.TEXT);
  private static final Map<String, Kind> METADATA = metadataFields();
  private static final Map<String, Kind> LOCK =
      fields("generated", Kind.TEXT, "digest", Kind.REQUIRED_TEXT, "dependencies", Kind.LOCKED);

  private final String what;

  private ChartFields(String what) {
    this.what = what;
  }

  private static Map<String, Kind> metadataFields() {
    var fields =
        fields("name", Kind.TEXT, "home", Kind.TEXT, "sources", Kind.TEXTS, "version", Kind.TEXT);
    fields.putAll(
        fields("description", Kind.TEXT, "keywords", Kind.TEXTS, "maintainers", Kind.MAINTAINERS));
    fields.putAll(fields("icon", Kind.TEXT, "apiVersion", Kind.TEXT, "condition", Kind.TEXT));
    fields.putAll(fields("tags", Kind.TEXT, "appVersion", Kind.TEXT, "deprecated", Kind.FLAG));
    fields.putAll(fields("annotations", Kind.TEXT_MAP, "kubeVersion", Kind.TEXT));
    fields.putAll(fields("dependencies", Kind.DEPENDENCIES, "type", Kind.TEXT));
    return fields;
  }

  private static Map<String, Kind> fields(Object... namesAndKinds) {
    var fields = new LinkedHashMap<String, Kind>();
    for (int i = 0; i < namesAndKinds.length; i += 2) {
      fields.put((String) namesAndKinds[i], (Kind) namesAndKinds[i + 1]);
    }
    return fields;
  }

  /** The fields of a Chart.yaml. */
  static Map<String, Object> metadata(byte[] yaml, String what) throws InvalidChartException {
    return new ChartFields(what).read(ChartYaml.read(yaml, what), METADATA, "");
  }

  /** The names in a Chart.yaml that Helm has no use for, each with its place. */
  static List<String> unknown(Map<?, ?> metadata) {
    var unknown = new ArrayList<String>();
    addUnknown(metadata, METADATA, "", unknown);
    return unknown;
  }

  private static void addUnknown(
      Map<?, ?> given, Map<String, Kind> fields, String at, List<String> to) {
    given.forEach(
        (name, value) -> {
          var kind =
              fields.entrySet().stream()
                  .filter(field -> field.getKey().equalsIgnoreCase((String) name))
                  .findFirst();
          if (kind.isEmpty()) {
            to.add(at + name);
          } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
              if (list.get(i) instanceof Map<?, ?> item && isRecord(kind.get().getValue())) {
                addUnknown(
                    item,
                    kind.get().getValue() == Kind.MAINTAINERS ? MAINTAINER : DEPENDENCY,
                    "%s%s[%d].".formatted(at, name, i),
                    to);
              }
            }
          }
        });
  }

  private static boolean isRecord(Kind kind) {
    return kind == Kind.MAINTAINERS || kind == Kind.DEPENDENCIES;
  }

  /** The fields of a Chart.lock. */
  static Map<String, Object> lock(byte[] yaml, String what) throws InvalidChartException {
    return new ChartFields(what).read(ChartYaml.read(yaml, what), LOCK, "");
  }

  /** The fields in the order in which Helm writes them as JSON. */
  static Map<String, Object> inOrder(Map<String, Object> metadata) {
    var ordered = new LinkedHashMap<String, Object>();
    for (var name : METADATA.keySet()) {
      if (metadata.containsKey(name)) {
        ordered.put(name, metadata.get(name));
      }
    }
    return ordered;
  }

  private Map<String, Object> read(@Nullable Object yaml, Map<String, Kind> fields, String at)
      throws InvalidChartException {
    if (yaml != null && !(yaml instanceof Map)) {
      throw wrong(at, "a map");
    }
    // Of names that differ in case only, the last in the order of bytes wins.
    Map<String, @Nullable Object> given = new TreeMap<>();
    if (yaml instanceof Map<?, ?> map) {
      new TreeMap<>(map)
          .forEach((name, value) -> given.put(((String) name).toLowerCase(Locale.ROOT), value));
    }
    var json = new LinkedHashMap<String, Object>();
    for (var field : fields.entrySet()) {
      var path = at.isEmpty() ? field.getKey() : at + "." + field.getKey();
      var value = value(given.get(field.getKey().toLowerCase(Locale.ROOT)), field.getValue(), path);
      if (!isEmpty(value) || (field.getValue() == Kind.LOCKED && value instanceof List)) {
        json.put(field.getKey(), value);
      } else if (field.getValue() == Kind.REQUIRED_TEXT) {
        json.put(field.getKey(), "");
      }
    }
    return json;
  }

  private static boolean isEmpty(Object value) {
    return value.equals("")
        || value.equals(false)
        || (value instanceof List<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private Object value(@Nullable Object yaml, Kind kind, String at) throws InvalidChartException {
    if (yaml == null) {
      return "";
    }
    return switch (kind) {
      case TEXT, REQUIRED_TEXT -> text(yaml, at);
      case FLAG -> {
        if (!(yaml instanceof Boolean)) {
          throw wrong(at, "true or false");
        }
        yield yaml;
      }
      case TEXT_MAP -> texts(yaml, at);
      case ANYTHING -> list(yaml, at);
      case TEXTS -> {
        var texts = new ArrayList<Object>();
        for (var item : list(yaml, at)) {
          texts.add(item == null ? "" : text(item, at));
        }
        yield texts;
      }
      case MAINTAINERS -> records(yaml, MAINTAINER, at);
      case DEPENDENCIES, LOCKED -> records(yaml, DEPENDENCY, at);
    };
  }

  private String text(Object yaml, String at) throws InvalidChartException {
    var text = Yaml.text(yaml);
    if (text == null) {
      throw wrong(at, "a text");
    }
    return text;
  }

  private Map<String, String> texts(Object yaml, String at) throws InvalidChartException {
    if (!(yaml instanceof Map<?, ?> map)) {
      throw wrong(at, "a map");
    }
    // Go writes a map's keys in the order of their bytes.
    var texts = new TreeMap<String, String>(ByteOrder.OF_TEXT);
    for (var entry : map.entrySet()) {
      var value = entry.getValue();
      texts.put((String) entry.getKey(), value == null ? "" : text(value, at));
    }
    return texts;
  }

  private List<Object> records(Object yaml, Map<String, Kind> fields, String at)
      throws InvalidChartException {
    var records = new ArrayList<Object>();
    for (var item : list(yaml, at)) {
      if (item == null) {
        throw new InvalidChartException(what + ": " + at + " must not contain null");
      }
      records.add(read(item, fields, at));
    }
    return records;
  }

  private List<?> list(Object yaml, String at) throws InvalidChartException {
    if (yaml instanceof List<?> list) {
      return list;
    }
    throw wrong(at, "a list");
  }

  private InvalidChartException wrong(String at, String expected) {
    return new InvalidChartException(
        at.isEmpty()
            ? what + " must contain " + expected
            : what + ": " + at + " must be " + expected);
  }
}
