package io.github.tugoci.layout;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The referrers in a layout: of all manifests that its index reaches, those with a subject.
 * Manifests that aren't there, as in a layout with some of an image's platforms, have none.
 */
final class LayoutReferrers {
  private static final int MAX_MANIFESTS = 100_000;

  private final Map<Digest, List<Descriptor>> bySubject = new HashMap<>();
  private boolean complete = true;

  private LayoutReferrers() {}

  /**
   * Reads all manifests, each once.
   *
   * @throws InvalidContentException if a manifest is malformed, or there are too many
   */
  static LayoutReferrers read(ContentSource layout, List<Descriptor> roots) throws IOException {
    var referrers = new LayoutReferrers();
    var seen = new HashSet<Digest>();
    var waiting = new ArrayDeque<>(roots);
    while (!waiting.isEmpty()) {
      var next = waiting.remove();
      if (MediaType.MANIFESTS.contains(next.mediaType()) && seen.add(next.digest())) {
        if (seen.size() > MAX_MANIFESTS) {
          throw new InvalidContentException(layout + " has over " + MAX_MANIFESTS + " manifests");
        }
        waiting.addAll(referrers.add(layout, next));
      }
    }
    return referrers;
  }

  /** Takes a manifest in; gives those that it refers to. */
  private List<Descriptor> add(ContentSource layout, Descriptor descriptor) throws IOException {
    Manifest manifest;
    try {
      manifest = layout.manifest(descriptor);
    } catch (NotFoundException e) {
      complete = false;
      return List.of();
    }
    var subject = manifest.subject();
    if (subject != null) {
      bySubject
          .computeIfAbsent(subject.digest(), key -> new ArrayList<>())
          .add(manifest.asReferrer(descriptor));
    }
    return manifest instanceof ImageIndex index ? index.manifests() : List.of();
  }

  /** Whether all manifests were there: only then does nothing change until the index does. */
  boolean isComplete() {
    return complete;
  }

  List<Descriptor> of(Digest subject) {
    return List.copyOf(bySubject.getOrDefault(subject, List.of()));
  }
}
