package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the images for platforms in an index (image-spec, image-index.md), and in indexes that it
 * names. Of several images that serve a platform it is the one made for the newest processor, and
 * of equals the first. Where no entry serves it, those that say nothing of a platform are asked for
 * the one in their configurations.
 */
public final class PlatformSelector {
  /** BuildKit's word for what an attestation in an index is about. */
  private static final String ABOUT = "vnd.docker.reference.digest";

  private static final int MAX_DEPTH = 4;
  private static final int MAX_INDEXES = 100;

  private static final int MAX_CONFIG = 4 << 20;

  private final ContentSource source;
  private final ImageIndex root;
  private final List<Platform> wanted;
  private final List<Descriptor> entries = new ArrayList<>();
  private final Map<Digest, Platform> told = new HashMap<>();
  private int indexes;

  private PlatformSelector(ContentSource source, ImageIndex root, List<Platform> wanted) {
    this.source = source;
    this.root = root;
    this.wanted = wanted;
  }

  /**
   * The platforms of an index's images. For a local source only those of images that are there; a
   * registry isn't asked about each.
   */
  public static List<Platform> platforms(ContentSource source, ImageIndex index)
      throws IOException {
    return SparseIndex.platforms(source, index.manifests());
  }

  /**
   * The image for a platform.
   *
   * @param root an index, or a manifest, which is taken as it is
   * @throws NotFoundException if the index has no image for it; the message names those it has
   */
  public static Root select(ContentSource source, Root root, Platform wanted) throws IOException {
    return select(source, root, List.of(wanted));
  }

  /**
   * The image for a platform or, if several are wanted, an index of these images in their order,
   * with their attestations and with all else that the index has. Its digest is a new one, unless
   * nothing was left out.
   *
   * @param root an index, or a manifest, which is taken as it is
   * @param wanted the platforms; none stands for all
   * @throws NotFoundException if the index has no image for one; the message names those it has
   */
  public static Root select(ContentSource source, Root root, List<Platform> wanted)
      throws IOException {
    if (wanted.isEmpty() || !(root.manifest() instanceof ImageIndex index)) {
      return root;
    }
    var choice = new PlatformSelector(source, index, wanted);
    choice.enter(index, 1);
    if (wanted.size() == 1) {
      return choice.best(wanted.get(0));
    }
    var filtered = choice.filtered();
    return filtered == index ? root : Root.of(filtered);
  }

  /** Takes an index's entries in; those of an index below it stand where that stood. */
  private void enter(ImageIndex index, int depth) throws IOException {
    for (var entry : index.manifests()) {
      if (entry.mediaType().isIndex() && mayServe(entry)) {
        if (depth == MAX_DEPTH || ++indexes > MAX_INDEXES) {
          throw new InvalidContentException(
              "too many nested indexes: %s@%s".formatted(source, root.bytes().digest()));
        }
        try {
          if (source.manifest(entry) instanceof ImageIndex below) {
            enter(below, depth + 1);
          }
        } catch (NotFoundException e) {
          entries.add(entry); // the choice says that it is missing
        }
      } else {
        entries.add(entry);
      }
    }
  }

  private boolean mayServe(Descriptor entry) {
    var platform = entry.platform();
    return platform == null
        || SparseIndex.isUntold(entry)
        || wanted.stream().anyMatch(platform::serves);
  }

  /** The best image for a platform among those that are there. */
  private Root best(Platform platform) throws IOException {
    var serving = serving(platform);
    if (serving.isEmpty() && learn()) {
      serving = serving(platform);
    }
    NotFoundException missing = null;
    for (var entry : serving) {
      try {
        return new Root(entry.plain(), source.manifest(entry));
      } catch (NotFoundException e) {
        missing =
            missing == null
                ? SparseIndex.missing(source, root.descriptor(), entries, entry, e)
                : missing;
      }
    }
    throw missing != null
        ? missing
        : new NotFoundException(
            "%s@%s has no image for %s, but for %s"
                .formatted(
                    source,
                    root.bytes().digest(),
                    platform,
                    platforms().isEmpty() ? "none" : String.join(", ", platforms())),
            null,
            platforms());
  }

  private List<Descriptor> serving(Platform platform) {
    return entries.stream()
        .filter(entry -> !SparseIndex.isAttestation(entry))
        .filter(entry -> platform(entry).filter(own -> own.serves(platform)).isPresent())
        .sorted(
            Comparator.comparing((Descriptor entry) -> platform(entry).orElseThrow().level())
                .reversed())
        .toList();
  }

  private Optional<Platform> platform(Descriptor entry) {
    return SparseIndex.isUntold(entry)
        ? Optional.ofNullable(told.get(entry.digest()))
        : Optional.ofNullable(entry.platform());
  }

  /** Reads the platforms of images of which the index tells none; whether there are any. */
  private boolean learn() throws IOException {
    for (var entry : entries) {
      boolean unknown = SparseIndex.isUntold(entry) && !told.containsKey(entry.digest());
      if (unknown && !SparseIndex.isAttestation(entry) && entry.mediaType().isManifest()) {
        if (++indexes > MAX_INDEXES) {
          break;
        }
        try {
          if (source.manifest(entry) instanceof ImageManifest image
              && ImageValidator.isImage(image)) {
            var config = source.read(image.config(), MAX_CONFIG);
            told.put(entry.digest(), ImageConfig.parse(config).platform());
          }
        } catch (NotFoundException e) {
          // an image that isn't there can't be chosen
        }
      }
    }
    return !told.isEmpty();
  }

  private Manifest filtered() throws IOException {
    Set<String> images = new HashSet<>();
    for (var platform : wanted) {
      images.add(best(platform).descriptor().digest().toString());
    }
    var kept =
        entries.stream()
            .filter(
                entry ->
                    SparseIndex.isAttestation(entry)
                        ? images.contains(entry.annotations().getOrDefault(ABOUT, ""))
                        : images.contains(entry.digest().toString()))
            .toList();
    return digests(kept).equals(digests(root.manifests())) ? root : root.withManifests(kept);
  }

  private static List<Digest> digests(List<Descriptor> entries) {
    return entries.stream().map(Descriptor::digest).toList();
  }

  private List<String> platforms() {
    return SparseIndex.texts(
        entries.stream()
            .filter(entry -> !SparseIndex.isAttestation(entry))
            .flatMap(entry -> platform(entry).stream())
            .toList());
  }
}
