package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the images for platforms in an index (image-spec, image-index.md), and in indexes that it
 * names. Of several images that serve a platform it is the one made for the newest processor, and
 * of equals the first.
 */
public final class PlatformSelector {
  /** BuildKit's words: what an attestation in an index is about, and that it is one. */
  private static final String ABOUT = "vnd.docker.reference.digest";

  private static final String KIND = "vnd.docker.reference.type";

  private static final int MAX_DEPTH = 4;
  private static final int MAX_INDEXES = 100;

  private static final Comparator<Descriptor> NEWER =
      Comparator.comparing(
          Descriptor::platform, Comparator.nullsFirst(Comparator.comparingInt(Platform::level)));

  private final ContentSource source;
  private final ImageIndex root;
  private final List<Platform> wanted;
  private final List<Descriptor> entries = new ArrayList<>();
  private int indexes;

  private PlatformSelector(ContentSource source, ImageIndex root, List<Platform> wanted) {
    this.source = source;
    this.root = root;
    this.wanted = wanted;
  }

  /**
   * The manifest of the image for a platform.
   *
   * @param root an index, or a manifest, which is taken as it is
   * @throws NotFoundException if the index has no image for it; the message names those it has
   */
  public static Manifest select(ContentSource source, Manifest root, Platform wanted)
      throws IOException {
    return select(source, root, List.of(wanted));
  }

  /**
   * The manifest of the image for a platform or, if several are wanted, an index of these images in
   * their order, with their attestations and with all else that the index has. Its digest is a new
   * one, unless nothing was left out.
   *
   * @param root an index, or a manifest, which is taken as it is
   * @param wanted the platforms; none stands for all
   * @throws NotFoundException if the index has no image for one; the message names those it has
   */
  public static Manifest select(ContentSource source, Manifest root, List<Platform> wanted)
      throws IOException {
    if (wanted.isEmpty() || !(root instanceof ImageIndex index)) {
      return root;
    }
    var choice = new PlatformSelector(source, index, wanted);
    choice.enter(index, 1);
    return wanted.size() == 1 ? source.manifest(choice.best(wanted.get(0))) : choice.filtered();
  }

  /** Takes an index's entries in; those of an index below it stand where that stood. */
  private void enter(ImageIndex index, int depth) throws IOException {
    for (var entry : index.manifests()) {
      if (entry.mediaType().isIndex() && mayServe(entry)) {
        if (depth == MAX_DEPTH || ++indexes > MAX_INDEXES) {
          throw new InvalidContentException(
              "%s@%s names indexes too deep, or too many of them"
                  .formatted(source, root.bytes().digest()));
        }
        if (source.manifest(entry) instanceof ImageIndex below) {
          enter(below, depth + 1);
        }
      } else {
        entries.add(entry);
      }
    }
  }

  private boolean mayServe(Descriptor entry) {
    var platform = entry.platform();
    return platform == null || wanted.stream().anyMatch(platform::serves);
  }

  private Descriptor best(Platform platform) throws NotFoundException {
    Descriptor best = null;
    for (var entry : entries) {
      if (isImageFor(entry, platform) && (best == null || NEWER.compare(entry, best) > 0)) {
        best = entry;
      }
    }
    if (best == null) {
      throw new NotFoundException(
          "%s@%s has no image for %s, but for %s"
              .formatted(source, root.bytes().digest(), platform, platforms()));
    }
    return best;
  }

  private static boolean isImageFor(Descriptor entry, Platform wanted) {
    return entry.platform() != null && entry.platform().serves(wanted) && !isAttestation(entry);
  }

  private static boolean isAttestation(Descriptor entry) {
    var platform = entry.platform();
    return entry.annotations().containsKey(KIND)
        || (platform != null && platform.os().equals("unknown"));
  }

  private Manifest filtered() throws IOException {
    Set<String> images = new HashSet<>();
    for (var platform : wanted) {
      images.add(best(platform).digest().toString());
    }
    var kept =
        entries.stream()
            .filter(
                entry ->
                    isAttestation(entry)
                        ? images.contains(entry.annotations().getOrDefault(ABOUT, ""))
                        : images.contains(entry.digest().toString()))
            .toList();
    return digests(kept).equals(digests(root.manifests())) ? root : root.withManifests(kept);
  }

  private static List<Digest> digests(List<Descriptor> entries) {
    return entries.stream().map(Descriptor::digest).toList();
  }

  private String platforms() {
    var named =
        entries.stream()
            .filter(entry -> entry.platform() != null && !isAttestation(entry))
            .map(entry -> String.valueOf(entry.platform()))
            .distinct()
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }
}
