package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A command line as it is written in a Dockerfile: a JSON array, or a single word. */
final class ArgvParser {
  private ArgvParser() {}

  /** Puts together what was given once or several times. */
  static List<String> of(String option, List<String> given) {
    if (given.size() != 1 || !given.get(0).startsWith("[")) {
      return given;
    }
    try {
      var json = "{\"words\":" + given.get(0) + "}";
      return Json.parseObject(json.getBytes(StandardCharsets.UTF_8), option).strings("words");
    } catch (InvalidContentException e) {
      throw new InvalidInputException(
          "invalid %s: not a JSON array of strings: %s".formatted(option, given.get(0)),
          "write %1$s '[\"java\",\"-jar\"]', or %1$s java %1$s -jar".formatted(option),
          e);
    }
  }
}
