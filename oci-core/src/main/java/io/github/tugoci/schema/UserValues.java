package io.github.tugoci.schema;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidValuesException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.json.Json;
import io.github.tugoci.schema.SetReader.Kind;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that a user gives beside a chart's own, in the grammar of Helm's options. In whichever
 * order they are given, files come first, then {@code --set-json}, {@code --set}, {@code
 * --set-string}, {@code --set-file} and {@code --set-literal}, as in Helm.
 *
 * <pre>{@code
 * var values = UserValues.builder().file(Path.of("ci.yaml")).set("image.tag=1.2.0").build();
 * }</pre>
 */
public final class UserValues {
  /** No values. */
  public static final UserValues NONE = new UserValues(new LinkedHashMap<>());

  /** Far more than a release can hold; a device without end isn't read on. */
  static final int MAX_FILE = 64 << 20;

  private final Map<String, @Nullable Object> values;

  private UserValues(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** A builder without any values yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** A copy of the values: maps, lists, texts, booleans, numbers and nulls. */
  public Map<String, @Nullable Object> asMap() {
    return ValuesMaps.copy(values);
  }

  /** Collects values. */
  public static final class Builder {
    private final List<byte[]> files = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<Kind, List<String>> lines = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a YAML file, over the files before; it may be a pipe.
     *
     * @throws NoSuchFileException if it doesn't exist
     * @throws FileSystemException if it is a directory, or larger than 64 MiB
     */
    public Builder file(Path file) throws IOException {
      return yaml(InputFile.readAll(file, MAX_FILE), file.toString());
    }

    /**
     * Adds YAML, over the files before; its documents are merged.
     *
     * @param what its name in error messages
     */
    public Builder yaml(byte[] yaml, String what) {
      files.add(yaml.clone());
      names.add(what);
      return this;
    }

    /** Adds {@code a.b=1,c[0]=x,d={e,f}}: numbers, true, false and null are recognized. */
    public Builder set(String line) {
      return add(Kind.TYPED, line);
    }

    /** Adds the same with texts only. */
    public Builder setString(String line) {
      return add(Kind.TEXT, line);
    }

    /** Adds {@code a={"b":1},c=[2]}, or one object. */
    public Builder setJson(String line) {
      return add(Kind.JSON, line);
    }

    /** Adds {@code a.b=FILE}: the file's text. */
    public Builder setFile(String line) {
      return add(Kind.FILE, line);
    }

    /** Adds {@code a.b=TEXT}, in which no character of the text has a meaning. */
    public Builder setLiteral(String line) {
      return add(Kind.LITERAL, line);
    }

    private Builder add(Kind kind, String line) {
      lines.computeIfAbsent(kind, key -> new ArrayList<>()).add(line);
      return this;
    }

    /**
     * Builds the values.
     *
     * @throws InvalidValuesException if a text isn't in Helm's grammar
     * @throws IOException if a file can't be read
     */
    public UserValues build() throws IOException {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < files.size(); i++) {
        values = overlay(values, files.get(i), names.get(i));
      }
      for (var kind : Kind.values()) {
        for (var line : lines.getOrDefault(kind, List.of())) {
          if (kind == Kind.JSON && line.strip().startsWith("{")) {
            values = ValuesMaps.overlay(values, object(line));
          } else {
            SetParser.parse(line, kind, values);
          }
        }
      }
      return new UserValues(values);
    }

    private static Map<String, @Nullable Object> overlay(
        Map<String, @Nullable Object> values, byte[] yaml, String what)
        throws InvalidValuesException {
      var merged = values;
      try {
        for (var document : Yaml.readAll(yaml, what)) {
          var map = ValuesMaps.map(document);
          if (map != null) {
            merged = ValuesMaps.overlay(merged, map);
          } else if (document != null) {
            throw new InvalidValuesException(what + ": values must be a map", null);
          }
        }
        return merged;
      } catch (InvalidYamlException e) {
        throw new InvalidValuesException(String.valueOf(e.getMessage()), e);
      }
    }

    private static Map<String, @Nullable Object> object(String line) throws InvalidValuesException {
      try {
        var json = Json.read(line.getBytes(StandardCharsets.UTF_8), "--set-json");
        var map = ValuesMaps.map(Numbers.normalize(json));
        return map == null ? new LinkedHashMap<>() : map;
      } catch (InvalidContentException e) {
        throw new InvalidValuesException(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
