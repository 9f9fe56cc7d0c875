package io.github.tugoci.artifact;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A manifest with its referrers, and theirs: an image, its signature, the signature's timestamp.
 *
 * @param manifest the manifest; of a referrer, with its artifact's type and its annotations
 * @param referrers what refers to it; empty where a manifest comes a second time
 */
public record ReferrerTree(Descriptor manifest, List<ReferrerTree> referrers) {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_MANIFESTS = 10_000;

  /** Copies the list. */
  public ReferrerTree {
    referrers = List.copyOf(referrers);
  }

  /**
   * Asks a store for all that refers to a manifest, directly or not.
   *
   * @throws IllegalArgumentException if the store keeps no list of referrers
   * @throws InvalidContentException if it is too much, or too deep
   */
  public static ReferrerTree read(ContentSource source, Descriptor manifest) throws IOException {
    return read(source, manifest, 0, new HashSet<>(Set.of(manifest.digest())));
  }

  private static ReferrerTree read(
      ContentSource source, Descriptor manifest, int depth, Set<Digest> seen) throws IOException {
    var referrers = new ArrayList<ReferrerTree>();
    for (var referrer : ReferrerSource.of(source).referrers(manifest)) {
      if (depth == MAX_DEPTH || seen.size() > MAX_MANIFESTS) {
        throw new InvalidContentException(
            "more than %d referrers, or more than %d levels of them: %s"
                .formatted(MAX_MANIFESTS, MAX_DEPTH, manifest.digest()));
      }
      var known = withType(source, referrer);
      referrers.add(
          seen.add(referrer.digest())
              ? read(source, known, depth + 1, seen)
              : new ReferrerTree(known, List.of()));
    }
    return new ReferrerTree(manifest, referrers);
  }

  /** Some clients enter no type, or that of the empty configuration: the manifest knows better. */
  private static Descriptor withType(ContentSource source, Descriptor referrer) throws IOException {
    var type = referrer.artifactType();
    if (type != null && !type.equals(MediaType.EMPTY_JSON)) {
      return referrer;
    }
    try {
      return source.manifest(referrer.plain()).asReferrer(referrer);
    } catch (NotFoundException e) {
      // deleted, with its entry left in the list
      return referrer;
    }
  }
}
