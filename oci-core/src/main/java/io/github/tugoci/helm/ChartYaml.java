package io.github.tugoci.helm;

import io.github.tugoci.yaml.InvalidYamlException;
import io.github.tugoci.yaml.Yaml;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a chart's YAML; what is wrong with it is wrong with the chart. */
final class ChartYaml {
  private ChartYaml() {}

  static @Nullable Object read(byte[] text, String what) throws InvalidChartException {
    try {
      return Yaml.read(text, what);
    } catch (InvalidYamlException e) {
      throw new InvalidChartException(String.valueOf(e.getMessage()), e);
    }
  }

  static List<@Nullable Object> readAll(byte[] text, String what) throws InvalidChartException {
    try {
      return Yaml.readAll(text, what);
    } catch (InvalidYamlException e) {
      throw new InvalidChartException(String.valueOf(e.getMessage()), e);
    }
  }
}
