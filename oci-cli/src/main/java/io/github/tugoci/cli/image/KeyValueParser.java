package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code NAME=VALUE}, as options have it. */
final class KeyValueParser {
  private KeyValueParser() {}

  static Map<String, String> parse(String option, List<String> given) {
    var pairs = new LinkedHashMap<String, String>();
    for (var pair : given) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InvalidInputException(
            "invalid %s \"%s\": missing value".formatted(option, pair),
            "write " + option + " NAME=VALUE");
      }
      pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return pairs;
  }
}
