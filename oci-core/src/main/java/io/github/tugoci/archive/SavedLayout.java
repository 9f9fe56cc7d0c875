package io.github.tugoci.archive;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.DockerNames;
import io.github.tugoci.tar.TarFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The layout that stands in a tar beside Docker's own {@code manifest.json}, from 25.0 on. */
final class SavedLayout {
  private static final int MAX_DEPTH = 4;

  private final TarFile tar;
  private final LayoutSource source;
  private final Set<Digest> seen = new HashSet<>();

  private SavedLayout(TarFile tar, LayoutSource source) {
    this.tar = tar;
    this.source = source;
  }

  /**
   * The manifest of an image: one of the layout's that has this configuration and fits it, with all
   * its blobs. What is damaged there is passed over: Docker's own list describes the image too.
   *
   * @param layout the tar's files as a layout
   * @param name what the image is called, or null; several manifests may have one configuration
   * @throws InvalidContentException if the layout has another whole image under the name
   */
  static Optional<ImageManifest> find(
      TarFile tar, LayoutSource layout, Bytes config, @Nullable String name) throws IOException {
    if (tar.size(LayoutSource.MARKER).isEmpty()) {
      return Optional.empty();
    }
    List<Descriptor> entries;
    try {
      entries = new ArrayList<>(layout.index().entries());
    } catch (InvalidContentException e) {
      return Optional.empty();
    }
    entries.sort(Comparator.comparing(entry -> !isCalled(entry, name)));
    var saved = new SavedLayout(tar, layout);
    var found = saved.find(entries, config, 0);
    if (found.isEmpty()) {
      for (var entry : entries) {
        if (isCalled(entry, name)) {
          saved.checkIsNoOther(entry, String.valueOf(name));
        }
      }
    }
    return found;
  }

  /** Two images of one name, both whole: nothing tells which one is meant. */
  private void checkIsNoOther(Descriptor entry, String name) throws IOException {
    var other = manifest(entry);
    if (other.isPresent()
        && other.get() instanceof ImageManifest image
        && ImageValidator.isImage(image)
        && isHere(image.config())
        && fits(image, source.read(image.config(), Manifest.MAX_SIZE))) {
      throw new InvalidContentException(
          "%s describes two images as %s: %s in %s has another configuration than %s says"
              .formatted(source, name, entry.digest(), LayoutSource.INDEX, DockerArchive.INDEX));
    }
  }

  private static boolean isCalled(Descriptor entry, @Nullable String name) {
    var called = entry.annotations().get(Annotations.CONTAINERD_NAME);
    return called != null && name != null && DockerNames.same(called, name);
  }

  private Optional<ImageManifest> find(List<Descriptor> entries, Bytes config, int depth)
      throws IOException {
    for (var entry : entries) {
      if (depth == MAX_DEPTH || !seen.add(entry.digest())) {
        continue;
      }
      var manifest = manifest(entry);
      var found =
          manifest.isPresent() && manifest.get() instanceof ImageIndex index
              ? find(index.manifests(), config, depth + 1)
              : manifest
                  .filter(ImageManifest.class::isInstance)
                  .map(ImageManifest.class::cast)
                  .filter(image -> fits(image, config));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Manifest> manifest(Descriptor entry) throws IOException {
    try {
      return entry.mediaType().isManifest() && isHere(entry)
          ? Optional.of(source.manifest(entry))
          : Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.empty();
    }
  }

  private boolean fits(ImageManifest image, Bytes config) {
    try {
      ImageValidator.check(image, config);
    } catch (InvalidContentException e) {
      return false;
    }
    return config.digest(image.config().digest().algorithm()).equals(image.config().digest())
        && image.children().stream().allMatch(this::isHere);
  }

  /**
   * Whether a manifest is one that the image had where it came from. Docker makes one up for an
   * image that it keeps unpacked: such a manifest, whose layers are all uncompressed, is of no
   * worth.
   */
  static boolean isOriginal(ImageManifest image) {
    return image.layers().isEmpty() || !image.layers().stream().allMatch(SavedLayout::isUnpacked);
  }

  /** The paths of an image's layers, as Docker's list has them. */
  static List<String> paths(ImageManifest image) {
    return image.layers().stream().map(layer -> LayoutSource.path(layer.digest())).toList();
  }

  private static boolean isUnpacked(Descriptor layer) {
    return layer.mediaType().equals(MediaType.OCI_LAYER)
        || layer.mediaType().equals(MediaType.DOCKER_LAYER);
  }

  private boolean isHere(Descriptor descriptor) {
    return tar.size(LayoutSource.path(descriptor.digest())).orElse(-1) == descriptor.size();
  }
}
