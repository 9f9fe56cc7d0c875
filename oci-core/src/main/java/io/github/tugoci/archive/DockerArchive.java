package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.DockerNames;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.TarFile;
import io.github.tugoci.tar.TarLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image in a tar as {@code docker save} and {@code podman save} write it, of any age.
 *
 * <p>Where the tar holds a layout beside, as Docker writes it from 25.0 on, with the manifest that
 * the image had in a registry and all its blobs, it is taken from there byte for byte: the digest
 * stays what it was. Otherwise a new manifest is made: layers that stand there unpacked are
 * compressed into temporary files when the archive is opened, so that they can be pushed as
 * registries want them. An index that the layout has may be incomplete, and {@code docker load}
 * takes one image of it: so it is for {@link OciArchive} to read, which does.
 *
 * <p>It needs closing.
 *
 * <pre>{@code
 * DockerArchive.write(
 *     file, target -> Copier.copy(source, "1.0", target, List.of("acme/app:1.0"), options));
 * }</pre>
 */
public final class DockerArchive implements ContentSource, LocalSource, TagSource, AutoCloseable {
  /** Docker's own list of the images in the tar. */
  static final String INDEX = "manifest.json";

  private static final String DEFAULT_TAG = "latest";
  private static final Pattern DIGEST_AS_NAME =
      Pattern.compile("(?:.*/)?(?:sha256:)?([0-9a-f]{64})(?:[.]json)?");

  private final MemoryStore store = new MemoryStore();
  private final DockerLayers layers;
  private final Path file;
  private final @Nullable String name;

  private DockerArchive(DockerLayers layers, Path file, @Nullable String name) {
    this.layers = layers;
    this.file = file;
    this.name = name;
  }

  /**
   * Opens an image of an archive.
   *
   * @param file the archive
   * @param name what the image is called in it, {@code NAME:TAG}, in Docker's short or long form;
   *     or its position, {@code @0} for the first, as skopeo has it; null for the only one
   * @throws NotFoundException if the file or the image in it doesn't exist, or there are several
   *     and no name was given
   * @throws InvalidContentException if it isn't such an archive, or its parts don't fit together
   */
  public static DockerArchive open(Path file, @Nullable String name) throws IOException {
    var tar = tar(file);
    var image = DockerImages.choose(file, DockerImages.list(file, tar), name);
    var called =
        name == null || DockerImages.isPosition(name)
            ? image.names().stream().findFirst().orElse(null)
            : name;
    var archive = new DockerArchive(new DockerLayers(tar, file), file, called);
    try {
      archive.read(tar, image);
      return archive;
    } catch (IOException | RuntimeException e) {
      archive.close();
      throw e;
    }
  }

  /**
   * The names of an archive's images, {@code NAME:TAG}.
   *
   * @throws NotFoundException if the file doesn't exist
   * @throws InvalidContentException if it isn't such an archive
   */
  public static List<String> names(Path file) throws IOException {
    return DockerImages.list(file, tar(file)).stream()
        .flatMap(image -> image.names().stream())
        .toList();
  }

  /**
   * Writes an archive that {@code docker load}, podman and skopeo take; it is there whole or not at
   * all, and one that was there is replaced. The same content in the same order gives the same
   * bytes. The target takes images, which it calls by the tags that they are pushed with: {@code
   * NAME:TAG}, as {@code docker} shows them. An index or another artifact is an {@link
   * InvalidContentException}: the platform must be chosen before.
   *
   * @param file the file
   * @return what the content's writer returns
   */
  public static <T extends @Nullable Object> T write(Path file, OciArchive.Content<T> content)
      throws IOException {
    return OciArchive.write(file, DockerArchiveTarget::new, content);
  }

  /**
   * The reference that an image's name stands for: {@code docker.io/library/app:latest} for {@code
   * app}.
   *
   * @throws InvalidReferenceException if it isn't a name
   */
  public static Reference reference(String name) {
    return DockerNames.parse(name);
  }

  private static TarFile tar(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw OciArchive.noFile(file);
    }
    return TarFile.open(file, TarLimits.NONE);
  }

  private static String tag(String name) {
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : DEFAULT_TAG;
  }

  private void read(TarFile tar, DockerImages.Image image) throws IOException {
    var bytes = DockerImages.read(tar, image.config(), file);
    checkName(image.config(), bytes);
    var config = ImageConfig.parse(bytes);
    var layout = LayoutSource.of(tar::open, file.toString());
    var saved = SavedLayout.find(tar, layout, bytes, name);
    var paths = image.layers();
    boolean fits = config.diffIds().size() == paths.size();
    if (!fits && saved.isEmpty()) {
      throw new InvalidContentException(
          "%s: %s lists %d layers, the image's config %s has %d diff_ids"
              .formatted(file, INDEX, paths.size(), image.config(), config.diffIds().size()));
    }
    var listed = fits ? paths : SavedLayout.paths(saved.get());
    var original = saved.filter(found -> SavedLayout.isOriginal(found) && sameOrder(found, listed));
    if (original.isPresent()) {
      for (var child : original.get().children()) {
        store.add(child, Blob.of(layout, child));
      }
    }
    var root = store.add(original.isPresent() ? original.get() : manifest(listed, config));
    store.tag(root, new Tag(tag()));
    for (var called : image.names()) {
      if (!called.isEmpty() && !Digest.isDigest(called)) {
        store.tag(root, new Tag(called));
      }
    }
  }

  /** A file that is called by its digest must have it. */
  private void checkName(String path, Bytes config) throws InvalidContentException {
    var called = DIGEST_AS_NAME.matcher(path);
    if (called.matches() && !called.group(1).equals(config.digest().hex())) {
      throw new InvalidContentException(
          "%s: the image's configuration %s has the digest %s"
              .formatted(file, path, config.digest()));
    }
  }

  /**
   * Whether Docker's list doesn't have the same layers otherwise. Where it has other ones, those
   * are the unpacked ones.
   */
  private static boolean sameOrder(ImageManifest image, List<String> listed) {
    var paths = SavedLayout.paths(image);
    return paths.equals(listed) || Collections.disjoint(paths, listed);
  }

  private ImageManifest manifest(List<String> paths, ImageConfig config) throws IOException {
    var manifest = ImageManifest.builder(store.add(MediaType.OCI_CONFIG, config.bytes()));
    for (int i = 0; i < paths.size(); i++) {
      manifest.layer(layers.add(paths.get(i), config.diffIds().get(i), store));
    }
    return manifest.build();
  }

  /** The image's name, {@code NAME:TAG}: the one it was opened by, else its first. */
  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  /** The image's tag: that of its name in the archive, else {@code latest}. */
  public String tag() {
    return name == null ? DEFAULT_TAG : tag(name);
  }

  @Override
  public List<String> listTags() {
    return store.listTags();
  }

  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    return store.resolve(selector);
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
