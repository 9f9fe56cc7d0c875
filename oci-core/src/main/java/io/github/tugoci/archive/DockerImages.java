package io.github.tugoci.archive;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.DockerNames;
import io.github.tugoci.tar.TarFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The images that an archive of {@code docker save} lists, and the choice of one. */
final class DockerImages {
  private static final String INDEX = DockerArchive.INDEX;
  private static final Pattern POSITION = Pattern.compile("@[0-9]{1,6}");

  private DockerImages() {}

  /**
   * An image that an archive holds.
   *
   * @param config the path of its configuration
   * @param names what it is called: {@code NAME:TAG}
   * @param layers the paths of its layers, the base first
   */
  record Image(String config, List<String> names, List<String> layers) {}

  /** Whether a text chooses an image by its position, as skopeo writes it. */
  static boolean isPosition(String name) {
    return POSITION.matcher(name).matches();
  }

  static List<Image> list(Path file, TarFile tar) throws IOException {
    var index = read(tar, INDEX, file);
    var images = new ArrayList<Image>();
    for (var image : Json.parseObjects(index.toArray(), file + "/" + INDEX)) {
      images.add(
          new Image(
              image.requiredString("Config"), image.strings("RepoTags"), image.strings("Layers")));
    }
    return images;
  }

  static Image choose(Path file, List<Image> images, @Nullable String name)
      throws NotFoundException {
    if (name != null && isPosition(name)) {
      int position = Integer.parseInt(name.substring(1));
      if (position >= images.size()) {
        throw new NotFoundException(
            "image not found: \"%s\" in %s, which has %d images, @0 being the first"
                .formatted(name, file, images.size()));
      }
      return images.get(position);
    }
    var fitting =
        images.stream()
            .filter(
                image ->
                    name == null
                        || image.names().stream().anyMatch(own -> DockerNames.same(own, name)))
            .toList();
    if (fitting.size() != 1) {
      throw new NotFoundException(
          name == null
              ? "%s has %d images; name one of %s".formatted(file, images.size(), choices(images))
              : fitting.isEmpty()
                  ? "image not found: \"%s\" in %s, which has %s"
                      .formatted(name, file, choices(images))
                  : "%s has %d images called \"%s\"; choose by position, @0 being the first"
                      .formatted(file, fitting.size(), name));
    }
    return fitting.get(0);
  }

  /** What one of the images can be chosen by: its names or, if it has none, its position. */
  private static List<String> choices(List<Image> images) {
    var choices = new ArrayList<String>();
    for (int i = 0; i < images.size(); i++) {
      var names = images.get(i).names();
      choices.addAll(names.isEmpty() ? List.of("@" + i) : names);
    }
    return choices;
  }

  /** Reads a small file of an archive. */
  static Bytes read(TarFile tar, String name, Path file) throws IOException {
    var size = tar.size(name);
    var in = tar.open(name);
    if (size.isEmpty() || in.isEmpty()) {
      throw new InvalidContentException(
          file + " is not a docker-archive: it has no " + name + otherwise(tar, name));
    }
    try (var content = in.get()) {
      if (size.getAsLong() > Manifest.MAX_SIZE) {
        throw new InvalidContentException(
            "%s in %s has %d bytes, over the limit of %d"
                .formatted(name, file, size.getAsLong(), Manifest.MAX_SIZE));
      }
      return Bytes.of(content.readAllBytes());
    }
  }

  /** What it is instead, if that is known. */
  private static String otherwise(TarFile tar, String name) {
    var link = tar.danglingLink(name);
    if (link.isPresent()) {
      return ", but a link to a missing file: " + link.get();
    }
    if (!name.equals(INDEX)) {
      return "";
    }
    if (tar.size(LayoutSource.MARKER).isPresent()) {
      return "; it is an OCI layout in a tar, an oci-archive";
    }
    return tar.folderWith(INDEX)
        .map(folder -> " at its top, but in the folder " + folder)
        .orElse("");
  }
}
