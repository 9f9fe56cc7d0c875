package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an image says of itself and of how it runs; what isn't given is the base's. */
final class ImageSettings {
  @Option(
      names = "--entrypoint",
      paramLabel = "WORD",
      description =
          "Set the entrypoint: a JSON array, or one word each time. It also removes the base's"
              + " command.")
  private List<String> entrypoint = List.of();

  @Option(
      names = "--cmd",
      paramLabel = "WORD",
      description = "Set the default arguments: a JSON array, or one word each time.")
  private List<String> cmd = List.of();

  @Option(
      names = "--env",
      paramLabel = "NAME=VALUE",
      description = "Set an environment variable; repeatable.")
  private List<String> env = List.of();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "Set a label; repeatable.")
  private List<String> labels = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description =
          "Add this annotation to the manifest, and to the index if there is one; repeatable.")
  private List<String> annotations = List.of();

  @Option(names = "--user", paramLabel = "USER[:GROUP]", description = "Set the user that runs it.")
  private @Nullable String user;

  @Option(names = "--workdir", paramLabel = "PATH", description = "Set the working directory.")
  private @Nullable String workdir;

  @Option(
      names = "--expose",
      paramLabel = "PORT[/udp]",
      description = "Declare a port that it listens on; repeatable.")
  private List<String> ports = List.of();

  @Option(names = "--author", paramLabel = "NAME", description = "Set the author.")
  private @Nullable String author;

  /**
   * Gives them to an image.
   *
   * @throws IllegalArgumentException if one is malformed
   */
  void apply(ImageBuilder builder) {
    if (!entrypoint.isEmpty()) {
      builder.entrypoint(words("--entrypoint", entrypoint));
    }
    if (!cmd.isEmpty()) {
      builder.cmd(words("--cmd", cmd));
    }
    pairs("--env", env).forEach(builder::env);
    pairs("--label", labels).forEach(builder::label);
    annotations().forEach(builder::annotation);
    ports.forEach(builder::exposedPort);
    Optional.ofNullable(user).ifPresent(builder::user);
    Optional.ofNullable(workdir).ifPresent(builder::workingDir);
    Optional.ofNullable(author).ifPresent(builder::author);
  }

  /** A command line as in a Dockerfile: a JSON array, or one word each time. */
  private static List<String> words(String option, List<String> given) {
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

  Map<String, String> annotations() {
    return pairs("--annotation", annotations);
  }

  /** {@code NAME=VALUE}, as options have it. */
  static Map<String, String> pairs(String option, List<String> given) {
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
