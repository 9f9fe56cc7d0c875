package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The tags of a session's sources that are named after digests: cosign's and regctl's, and those
 * that stand for referrers where a registry keeps none. One list answers what would otherwise be a
 * request for each manifest.
 */
final class SourceTags {
  private final Map<ContentSource, NavigableSet<String>> digestTags = new HashMap<>();

  NavigableSet<String> digestTags(ContentSource source) throws IOException {
    var known = digestTags.get(source);
    if (known == null) {
      known = new TreeSet<>();
      if (source instanceof TagSource tags) {
        known.addAll(tags.listTags());
      }
      known.removeIf(tag -> !Tag.isDigestTag(tag));
      digestTags.put(source, known);
    }
    return known;
  }
}
