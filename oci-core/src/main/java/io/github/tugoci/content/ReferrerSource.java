package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/** A source that lists the referrers of a manifest (distribution-spec, "Listing referrers"). */
public interface ReferrerSource {
  /** What refers to a manifest: signatures, attestations, attachments. */
  List<Descriptor> referrers(Descriptor subject) throws IOException;

  /**
   * The same for a caller who knows the tags: a registry that keeps no such list then isn't asked
   * for the tag that stands for it, if that isn't there.
   *
   * @param hasTag whether the source has a tag
   */
  default List<Descriptor> referrers(Descriptor subject, Predicate<String> hasTag)
      throws IOException {
    return referrers(subject);
  }

  /**
   * A source's list of referrers.
   *
   * @throws IllegalArgumentException if it keeps none
   */
  static ReferrerSource of(ContentSource source) {
    if (source instanceof ReferrerSource listing) {
      return listing;
    }
    throw new IllegalArgumentException("no list of referrers is kept: " + source);
  }
}
