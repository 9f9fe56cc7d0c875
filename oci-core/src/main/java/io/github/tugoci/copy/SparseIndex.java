package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index of which not all images are there: Docker with containerd's store saves the whole index
 * with the images that it has pulled (image-spec, image-layout.md, allows that).
 */
final class SparseIndex {
  /** BuildKit's word for what isn't an image. */
  private static final String KIND = "vnd.docker.reference.type";

  private SparseIndex() {}

  /** Whether an entry of an index is about an image, not one itself. */
  static boolean isAttestation(Descriptor entry) {
    var platform = entry.platform();
    return entry.annotations().containsKey(KIND)
        || (platform != null && platform.os().equals("unknown"));
  }

  /** Whether an entry says nothing of a platform; Go writes an empty one for none. */
  static boolean isUntold(Descriptor entry) {
    var platform = entry.platform();
    return platform == null || (platform.os().isEmpty() && platform.architecture().isEmpty());
  }

  static List<Platform> platforms(ContentSource source, List<Descriptor> entries)
      throws IOException {
    var platforms = new ArrayList<Platform>();
    for (var entry : entries) {
      if (entry.platform() != null
          && !isUntold(entry)
          && !isAttestation(entry)
          && (!LocalSource.isLocal(source) || isHere(source, entry))) {
        platforms.add(entry.platform());
      }
    }
    return platforms.stream().distinct().toList();
  }

  /** Whether an image's manifest is there, and all that it names. */
  private static boolean isHere(ContentSource source, Descriptor entry) throws IOException {
    try {
      for (var child : source.manifest(entry).children()) {
        if (!child.mediaType().isForeignLayer()) {
          source.fetch(child).close();
        }
      }
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /** Says which image of an index is missing, and which are there. */
  static NotFoundException missing(
      ContentSource source,
      Descriptor index,
      List<Descriptor> entries,
      Descriptor entry,
      @Nullable Throwable cause)
      throws IOException {
    var what = isUntold(entry) ? "a manifest" : "an image for " + entry.platform();
    var here = LocalSource.isLocal(source) ? texts(platforms(source, entries)) : List.<String>of();
    return new NotFoundException(
        "%s: the index %s lists %s, %s, but that or a part of it isn't there%s"
            .formatted(
                source,
                index.digest(),
                what,
                entry.digest(),
                here.isEmpty() ? "" : "; the platforms that are there: " + String.join(", ", here)),
        cause,
        here);
  }

  static List<String> texts(List<Platform> platforms) {
    return platforms.stream().map(Platform::toString).distinct().toList();
  }
}
