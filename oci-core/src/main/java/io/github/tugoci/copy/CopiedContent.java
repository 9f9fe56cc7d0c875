package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.MountTarget;
import io.github.tugoci.reference.Digest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content that a session has copied, by target. A manifest is entered when all that it names is
 * there too. What wasn't asked for in a long time is forgotten, which costs no more than to look
 * for it again.
 */
final class CopiedContent {
  private static final int MAX_ENTRIES = 100_000;

  private final Map<Digest, Map<ContentTarget, Outcome>> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Digest, Map<ContentTarget, Outcome>> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  synchronized void add(Digest digest, ContentTarget target, Outcome outcome) {
    known.computeIfAbsent(digest, key -> new LinkedHashMap<>(2)).put(target, outcome);
  }

  /** How it came to be at a target; null if this run hasn't to do with it. */
  synchronized @Nullable Outcome outcome(Digest digest, ContentTarget target) {
    return known.getOrDefault(digest, Map.of()).get(target);
  }

  boolean has(Digest digest, ContentTarget target) {
    return outcome(digest, target) != null;
  }

  /** An earlier target that this one can take it from. */
  synchronized Optional<ContentSource> sibling(Digest digest, ContentTarget target) {
    return known.getOrDefault(digest, Map.of()).keySet().stream()
        .filter(
            other -> other instanceof ContentSource source && MountTarget.canMount(target, source))
        .map(ContentSource.class::cast)
        .findFirst();
  }
}
