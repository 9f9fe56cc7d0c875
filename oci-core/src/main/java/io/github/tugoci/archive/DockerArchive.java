package io.github.tugoci.archive;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.tar.TarFile;
import io.github.tugoci.tar.TarLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image in a tar as {@code docker save} and {@code podman save} write it, of any age. Its layers
 * stand there unpacked; they are compressed into temporary files when it is opened, so that they
 * can be pushed as registries want them. It needs closing.
 */
public final class DockerArchive implements ContentSource, AutoCloseable {
  private static final String INDEX = "manifest.json";
  private static final String DEFAULT_TAG = "latest";

  private final MemoryStore store = new MemoryStore();
  private final DockerLayers layers;
  private final Path file;
  private final String tag;

  private DockerArchive(DockerLayers layers, Path file, String tag) {
    this.layers = layers;
    this.file = file;
    this.tag = tag;
  }

  /**
   * An image that an archive holds.
   *
   * @param config the path of its configuration
   * @param names what it is called: {@code NAME:TAG}
   * @param layers the paths of its layers, the base first
   */
  private record Image(String config, List<String> names, List<String> layers) {}

  /**
   * Opens an image of an archive.
   *
   * @param file the archive
   * @param name what the image is called in it, {@code NAME:TAG}; null for the only one
   * @throws NotFoundException if there is no file, no such image in it, or several and no name
   * @throws InvalidContentException if it is no such archive, or its parts don't fit together
   */
  public static DockerArchive open(Path file, @Nullable String name) throws IOException {
    var tar = tar(file);
    var image = choose(file, images(file, tar), name);
    var tagged = name != null ? Optional.of(name) : image.names().stream().findFirst();
    var archive =
        new DockerArchive(
            new DockerLayers(tar, file), file, tagged.map(DockerArchive::tag).orElse(DEFAULT_TAG));
    try {
      archive.read(tar, image);
      return archive;
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /**
   * What the images of an archive are called, {@code NAME:TAG}.
   *
   * @throws NotFoundException if there is no file
   * @throws InvalidContentException if it is no such archive
   */
  public static List<String> names(Path file) throws IOException {
    return images(file, tar(file)).stream().flatMap(image -> image.names().stream()).toList();
  }

  private static TarFile tar(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NotFoundException(file + (Files.exists(file) ? " is no file" : " doesn't exist"));
    }
    return TarFile.open(file, TarLimits.NONE);
  }

  private static String tag(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : DEFAULT_TAG;
  }

  private static List<Image> images(Path file, TarFile tar) throws IOException {
    var index = read(tar, INDEX, file);
    var images = new ArrayList<Image>();
    for (var image : Json.parseObjects(index.toArray(), file + "/" + INDEX)) {
      images.add(
          new Image(
              image.requiredString("Config"), image.strings("RepoTags"), image.strings("Layers")));
    }
    return images;
  }

  private static Image choose(Path file, List<Image> images, @Nullable String name)
      throws NotFoundException {
    var fitting =
        images.stream().filter(image -> name == null || image.names().contains(name)).toList();
    if (fitting.size() != 1) {
      var names = images.stream().flatMap(image -> image.names().stream()).toList();
      throw new NotFoundException(
          name == null
              ? "%s has %d images; name one of %s".formatted(file, images.size(), names)
              : "there is no image \"%s\" in %s; it has %s".formatted(name, file, names));
    }
    return fitting.get(0);
  }

  private void read(TarFile tar, Image image) throws IOException {
    var bytes = read(tar, image.config(), file);
    var config = ImageConfig.parse(bytes);
    if (config.diffIds().size() != image.layers().size()) {
      throw new InvalidContentException(
          "%s has %d layers, but its configuration speaks of %d"
              .formatted(file, image.layers().size(), config.diffIds().size()));
    }
    var manifest = ImageManifest.builder(store.add(MediaType.OCI_CONFIG, bytes));
    for (int i = 0; i < image.layers().size(); i++) {
      manifest.layer(layers.add(image.layers().get(i), config.diffIds().get(i), store));
    }
    store.tag(store.add(manifest.build()), tag);
  }

  private static Bytes read(TarFile tar, String name, Path file) throws IOException {
    var size = tar.size(name);
    var in = tar.open(name);
    if (size.isEmpty() || in.isEmpty()) {
      throw new InvalidContentException(file + " is no archive of docker save: it has no " + name);
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

  /** The image's tag: that of its name in the archive, else {@code latest}. */
  public String tag() {
    return tag;
  }

  @Override
  public List<String> tagList() {
    return store.tagList();
  }

  @Override
  public Descriptor resolve(String reference) throws IOException {
    return store.resolve(reference);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return store.fetch(descriptor);
  }

  /** Removes the temporary files. */
  @Override
  public void close() throws IOException {
    layers.close();
  }

  /** The file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
