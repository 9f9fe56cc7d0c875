package io.github.tugoci.content;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;

/**
 * A target that knows the roots of graphs from other content: it keeps a list of them, as a
 * layout's index is, or stores one and tags it with the same request, as a registry does.
 */
public interface RootTarget {
  /**
   * Stores a graph's root under tags, even if its bytes are there.
   *
   * @param tags the tags; none leaves the root untagged
   */
  ContentTarget.Outcome push(Descriptor manifest, Blob body, List<Tag> tags) throws IOException;

  /** Stores a graph's root in a target, under tags. */
  static ContentTarget.Outcome push(
      ContentTarget target, Descriptor manifest, Blob body, List<Tag> tags) throws IOException {
    if (target instanceof RootTarget roots) {
      return roots.push(manifest, body, tags);
    }
    var outcome = target.push(manifest, body);
    for (var tag : tags) {
      target.tag(manifest, tag);
    }
    return outcome;
  }
}
