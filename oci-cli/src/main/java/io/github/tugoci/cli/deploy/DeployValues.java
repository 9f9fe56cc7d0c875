package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runner's values with the images' parts in their places, as Helm merges {@code --set} over
 * {@code -f}; but texts stay texts, whatever they look like.
 */
final class DeployValues {
  private static final int MAX_FILE = 64 << 20;

  private final Map<String, @Nullable Object> values;
  private final Map<String, String> written = new LinkedHashMap<>();

  private DeployValues(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /**
   * Puts images into the policy's values.
   *
   * @throws InvalidInputException if the file is missing or no map, or a path leads through a text
   */
  static Map<String, @Nullable Object> of(Policy policy, Map<String, Plan.Image> images)
      throws IOException {
    var values = new DeployValues(read(policy));
    policy
        .images()
        .forEach(
            (key, allowed) -> {
              var image = images.get(key);
              if (image != null) {
                values.add(policy, allowed.paths(), image);
              }
            });
    return values.values;
  }

  private static Map<String, @Nullable Object> read(Policy policy) throws IOException {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    if (policy.valuesFile().isEmpty()) {
      return values;
    }
    var file = policy.valuesFile().get();
    try {
      var document = Yaml.read(InputFile.readAll(file, MAX_FILE), file.toString());
      if (document instanceof Map<?, ?> map) {
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
      } else if (document != null) {
        throw new InvalidInputException(
            "invalid values file: %s is not a map".formatted(file), null);
      }
      return values;
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "values file not found: %s, which the policy names".formatted(file),
          "create it; it may be empty",
          e);
    } catch (InvalidYamlException e) {
      throw InvalidInputException.of(e, null);
    }
  }

  private void add(Policy policy, ImagePolicy.Paths paths, Plan.Image image) {
    var reference = image.reference();
    var name = reference.repository().toString();
    paths.registry().ifPresent(path -> put(path, reference.host()));
    paths
        .repository()
        .ifPresent(
            path -> put(path, paths.registry().isPresent() ? name : reference.host() + "/" + name));
    paths.digest().ifPresent(path -> put(path, image.digest().toString()));
    if (reference.tag() != null && paths.tag().isPresent()) {
      boolean pinned = policy.pinTags() && paths.digest().isEmpty();
      put(paths.tag().get(), reference.tag() + (pinned ? "@" + image.digest() : ""));
    } else if (reference.tag() == null && paths.digest().isEmpty()) {
      throw new InvalidInputException(
          "no place for the digest of %s, which has no tag".formatted(reference),
          "add digest to the image's values in the policy, or write " + name + ":TAG");
    }
  }

  @SuppressWarnings("unchecked")
  private void put(String path, String text) {
    var before = written.put(path, text);
    if (before != null && !before.equals(text)) {
      throw new InvalidInputException(
          "conflicting values: the policy puts both %s and %s into %s"
              .formatted(before, text, path),
          "give each image a path of its own");
    }
    var keys = path.split("\\.", -1);
    var map = values;
    for (int i = 0; i < keys.length - 1; i++) {
      var inner = map.get(keys[i]);
      if (inner != null && !(inner instanceof Map)) {
        throw new InvalidInputException(
            "can't set %s: %s is not a map in the values".formatted(path, keys[i]), null);
      }
      // A copy: an alias would carry the change to other places.
      Map<String, @Nullable Object> copy = new LinkedHashMap<>();
      if (inner != null) {
        copy.putAll((Map<String, @Nullable Object>) inner);
      }
      map.put(keys[i], copy);
      map = copy;
    }
    map.put(keys[keys.length - 1], text);
  }
}
