package io.github.tugoci.archive;

import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
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
  private static final MediaType DOCKER_LAYER =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar");

  private final TarFile tar;
  private final LayoutSource source;
  private final Set<Digest> seen = new HashSet<>();

  private SavedLayout(TarFile tar, LayoutSource source) {
    this.tar = tar;
    this.source = source;
  }

  /**
   * The manifest that an image had where it came from: the layout has it with all its blobs. Docker
   * makes one up for an image that it keeps unpacked: such a manifest, whose layers are all
   * uncompressed, is of no worth.
   *
   * @param layout the tar's files as a layout
   * @param name what the image is called, or null; several manifests may have one configuration
   */
  static Optional<ImageManifest> find(
      TarFile tar, LayoutSource layout, Bytes config, @Nullable String name) throws IOException {
    if (tar.size(LayoutSource.MARKER).isEmpty()) {
      return Optional.empty();
    }
    var entries = new ArrayList<>(layout.index().entries());
    entries.sort(Comparator.comparing(entry -> !isCalled(entry, name)));
    return new SavedLayout(tar, layout).find(entries, config, 0);
  }

  private static boolean isCalled(Descriptor entry, @Nullable String name) {
    var called = entry.annotations().get(Annotations.CONTAINERD_NAME);
    return called != null
        && name != null
        && DockerNames.shorten(called).equals(DockerNames.shorten(name));
  }

  private Optional<ImageManifest> find(List<Descriptor> entries, Bytes config, int depth)
      throws IOException {
    for (var entry : entries) {
      if (depth < MAX_DEPTH
          && entry.mediaType().isManifest()
          && isHere(entry)
          && seen.add(entry.digest())) {
        var manifest = source.manifest(entry);
        var found =
            manifest instanceof ImageIndex index
                ? find(index.manifests(), config, depth + 1)
                : Optional.of((ImageManifest) manifest).filter(image -> fits(image, config));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private boolean fits(ImageManifest image, Bytes config) {
    return config.digest(image.config().digest().algorithm()).equals(image.config().digest())
        && image.children().stream().allMatch(this::isHere)
        && (image.layers().isEmpty() || !image.layers().stream().allMatch(SavedLayout::isUnpacked));
  }

  private static boolean isUnpacked(Descriptor layer) {
    return layer.mediaType().equals(MediaType.OCI_LAYER) || layer.mediaType().equals(DOCKER_LAYER);
  }

  private boolean isHere(Descriptor descriptor) {
    return tar.size(LayoutSource.path(descriptor.digest())).orElse(-1) == descriptor.size();
  }
}
