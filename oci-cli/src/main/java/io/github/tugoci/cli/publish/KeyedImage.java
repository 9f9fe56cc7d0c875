package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An image and what it is called.
 *
 * @param key its name in the outputs, and the last of its repository's
 * @param location where it is
 */
record KeyedImage(String key, Location location) {
  private static final Pattern KEY = Pattern.compile("[a-z0-9]+(?:(?:__?|-+)[a-z0-9]+)*");

  /**
   * Reads {@code KEY=LOCATION} words.
   *
   * @throws InvalidInputException if one is malformed, or a key comes twice
   */
  static List<KeyedImage> parse(List<String> words) {
    var images = new ArrayList<KeyedImage>();
    var keys = new HashSet<String>();
    for (var word : words) {
      var image = parse(word);
      if (!keys.add(image.key())) {
        throw new InvalidInputException(
            "duplicate --image " + image.key(), "each key names one image");
      }
      images.add(image);
    }
    return images;
  }

  private static KeyedImage parse(String word) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      throw new InvalidInputException(
          "invalid --image \"%s\": missing '='".formatted(word),
          "write KEY=LOCATION, as in api=docker-archive:api.tar");
    }
    var key = word.substring(0, equals);
    if (!KEY.matcher(key).matches()) {
      throw new InvalidInputException(
          "invalid --image: invalid key \"%s\"".formatted(key),
          "use a-z and 0-9, with '-' or '_' between them: the key is the repository's last name");
    }
    if (key.equals("chart")) {
      throw new InvalidInputException(
          "invalid --image: the key chart is reserved",
          "the outputs chart_ref and chart_digest are the chart's");
    }
    var location = Location.parse(word.substring(equals + 1));
    if (location instanceof Location.InRegistry there && there.reference().selector().isEmpty()) {
      throw new InvalidInputException(
          "invalid --image \"%s\": missing tag or digest".formatted(word), "add :TAG or @DIGEST");
    }
    return new KeyedImage(key, location);
  }
}
