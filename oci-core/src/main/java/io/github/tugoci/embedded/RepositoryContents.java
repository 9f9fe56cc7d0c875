package io.github.tugoci.embedded;

import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The types, tags and subjects of a repository's manifests. Thread-safe. */
final class RepositoryContents {
  /** A manifest: how an index lists it, how a list of referrers does, and what it refers to. */
  private record Entry(
      Descriptor listed, Descriptor referrer, @Nullable Digest subject, List<Descriptor> children) {
    /** The manifests, or else the blobs, that it refers to. */
    Stream<Digest> children(boolean manifests) {
      return children.stream()
          .filter(child -> child.mediaType().isManifest() == manifests)
          .map(Descriptor::digest);
    }
  }

  private final Map<Digest, Entry> manifests = new LinkedHashMap<>();
  private final NavigableMap<String, Descriptor> tags = new TreeMap<>();
  private final Map<Digest, NavigableMap<String, Descriptor>> referrers = new LinkedHashMap<>();
  private final List<Descriptor> others = new ArrayList<>();

  /** A manifest's type, digest and size; null if it isn't known. */
  synchronized @Nullable Descriptor find(Digest digest) {
    var entry = manifests.get(digest);
    return entry == null ? null : entry.listed;
  }

  /** What a tag names; null if the tag doesn't exist. */
  synchronized @Nullable Descriptor find(String tag) {
    return tags.get(tag);
  }

  /** Adds a manifest whose content is there. */
  synchronized void add(Descriptor listed, Manifest manifest) {
    var subject = manifest.subject();
    var type = manifest.artifactType();
    if (type == null && manifest instanceof ImageManifest image) {
      type = image.config().mediaType();
    }
    var referrer = listed.plain().withArtifactType(type).withAnnotations(manifest.annotations());
    var about = subject == null ? null : subject.digest();
    var children = manifest.children().stream().map(Descriptor::plain).toList();
    manifests.put(listed.digest(), new Entry(listed, referrer, about, children));
    if (about != null) {
      referrers
          .computeIfAbsent(about, digest -> new TreeMap<>())
          .put(listed.digest().toString(), referrer);
    }
  }

  /** Lets a tag name a manifest. */
  synchronized void tag(String tag, Descriptor listed) {
    tags.put(tag, listed);
  }

  /** Keeps an entry that this registry can't serve, so that it isn't lost. */
  synchronized void keep(Descriptor entry) {
    others.add(entry);
  }

  /** Removes a tag; false if there is none. */
  synchronized boolean untag(String tag) {
    return tags.remove(tag) != null;
  }

  /** Removes a manifest and the tags that name it; false if it isn't known. */
  synchronized boolean remove(Digest digest) {
    var entry = manifests.remove(digest);
    if (entry == null) {
      return false;
    }
    tags.values().removeIf(tagged -> tagged.digest().equals(digest));
    var siblings = entry.subject == null ? null : referrers.get(entry.subject);
    if (siblings != null) {
      siblings.remove(digest.toString());
    }
    return true;
  }

  /** Whether a manifest refers to some content as a blob. */
  synchronized boolean isBlob(Digest digest) {
    return manifests.values().stream()
        .flatMap(entry -> entry.children(false))
        .anyMatch(digest::equals);
  }

  /** The tags after one, in ASCII order. */
  synchronized List<String> tagsAfter(String last) {
    return List.copyOf(tags.tailMap(last, false).keySet());
  }

  /** What is about a subject, after one digest, in order. */
  synchronized List<Descriptor> referrersAfter(Digest subject, String last) {
    var all = referrers.get(subject);
    return all == null ? List.of() : List.copyOf(all.tailMap(last, false).values());
  }

  /** A layout's index: the tags, and what can't be reached from another manifest. */
  synchronized List<Descriptor> entries() {
    var entries = new ArrayList<>(others);
    var reached = new HashSet<Digest>();
    tags.forEach(
        (tag, tagged) -> {
          var annotations = new LinkedHashMap<>(tagged.annotations());
          annotations.put(Annotations.REF_NAME, tag);
          entries.add(tagged.withAnnotations(annotations));
          reached.add(tagged.digest());
        });
    manifests.values().forEach(entry -> entry.children(true).forEach(reached::add));
    manifests.forEach(
        (digest, entry) -> {
          if (!reached.contains(digest)) {
            entries.add(entry.listed);
          }
        });
    return entries;
  }
}
