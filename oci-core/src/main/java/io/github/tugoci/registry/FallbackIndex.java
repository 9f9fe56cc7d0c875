package io.github.tugoci.registry;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The index under a subject's fallback tag, in which clients enter referrers where the registry
 * keeps none (distribution-spec, "Referrers tag schema").
 */
final class FallbackIndex {
  /** Anybody who may push can write the tag: it must not lead to requests without end. */
  private static final int MAX_LOOKS = 1000;

  private final RepositoryContext endpoint;
  private final Manifests manifests;
  private final Digest subject;
  private final Tag tag;

  FallbackIndex(RepositoryContext endpoint, Digest subject) {
    this.endpoint = endpoint;
    this.manifests = new Manifests(endpoint);
    this.subject = subject;
    this.tag = new Tag(Referrers.fallbackTag(subject));
  }

  /**
   * The entries under the tag; empty if no index of referrers is there. A tag can be anybody's: an
   * entry that has what an image's entries have, or lacks what a referrer's have, is looked at, and
   * counts only if it refers to the subject.
   */
  Optional<List<Descriptor>> list() throws IOException {
    Manifest found;
    try {
      found = manifests.get(tag);
    } catch (NotFoundException e) {
      return Optional.empty();
    }
    if (isSubject(found) || !(found instanceof ImageIndex index)) {
      return Optional.empty();
    }
    var entries = new ArrayList<Descriptor>();
    int looks = 0;
    for (var entry : index.manifests()) {
      boolean usual = entry.artifactType() != null && entry.platform() == null;
      if (!usual && ++looks > MAX_LOOKS) {
        throw new InvalidContentException(
            "%s has more than %d entries that may be referrers or not"
                .formatted(endpoint.describe(tag), MAX_LOOKS));
      }
      if (usual || refersToSubject(entry)) {
        entries.add(entry);
      }
    }
    return Optional.of(entries);
  }

  /** Some registries take the tag {@code sha256-…} for the digest {@code sha256:…}. */
  private boolean isSubject(Manifest found) {
    return found.bytes().digest(subject.algorithm()).equals(subject);
  }

  /** What isn't there any more can't be looked at: then the index is believed. */
  private boolean refersToSubject(Descriptor entry) throws IOException {
    try {
      var about = manifests.get(entry.digest()).subject();
      return about != null && about.digest().equals(subject);
    } catch (NotFoundException e) {
      return true;
    }
  }

  /** Enters a referrer, instead of an entry for the same digest. */
  void add(Descriptor entry) throws IOException {
    change(
        entries ->
            entries.contains(entry)
                ? entries
                : Stream.concat(without(entries, entry.digest()), Stream.of(entry)).toList());
  }

  /** Takes a referrer out; an index that becomes empty goes, where the registry deletes. */
  void remove(Digest referrer) throws IOException {
    change(entries -> without(entries, referrer).toList());
  }

  private static Stream<Descriptor> without(List<Descriptor> entries, Digest digest) {
    return entries.stream().filter(entry -> !entry.digest().equals(digest));
  }

  private void change(UnaryOperator<List<Descriptor>> edit) throws IOException {
    new SharedTag(endpoint, tag)
        .change(
            (present, written) -> {
              var entries = entries(present, written);
              var wanted = edit.apply(entries);
              return wanted.equals(entries)
                  ? Optional.empty()
                  : Optional.of(
                      new SharedTag.Change(ImageIndex.of(wanted, Map.of()), wanted.isEmpty()));
            });
  }

  private List<Descriptor> entries(Optional<Manifest> present, boolean written)
      throws OciException {
    if (present.isEmpty()) {
      // the first referrer of its subject
      return List.of();
    }
    if (isSubject(present.get())) {
      if (written) {
        throw new NotFoundException(
            "%s leads to the subject itself, whatever is written there: the registry keeps no list of referrers"
                .formatted(endpoint.describe(tag)));
      }
      return List.of();
    }
    if (!(present.get() instanceof ImageIndex index)) {
      throw new InvalidContentException(
          "invalid list of referrers " + endpoint.describe(tag) + ": not an index");
    }
    return index.manifests();
  }
}
