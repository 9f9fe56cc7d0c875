package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Finds what refers to the manifests of one copy: by the source's list of referrers, and by tags
 * that are named after digests. Referrers have referrers: their depth and their number are limited,
 * as they may be hostile.
 */
final class ReferrerCopy {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_REFERRERS = 10_000;

  private final SessionState session;
  private final ContentSource source;
  private final ContentTarget target;
  private final Map<Digest, Set<Digest>> listedAtTarget = new HashMap<>();
  private int count;

  ReferrerCopy(SessionState session, ContentSource source, ContentTarget target) {
    this.session = session;
    this.source = source;
    this.target = target;
  }

  /** Copies a referrer as a root of its own. */
  interface Copying {
    void copy(Node referrer, List<Tag> tags, int depth) throws IOException;
  }

  /**
   * Copies what refers to manifests.
   *
   * @param depth how many references lead from the copy's root to these manifests
   */
  void copy(Iterable<Node> subjects, int depth, Copying copying) throws IOException {
    if (depth == MAX_DEPTH) {
      throw new InvalidContentException(
          "source %s: referrers refer to one another more than %d deep"
              .formatted(source, MAX_DEPTH));
    }
    var tags = CopyErrors.onSource(source, () -> session.sourceTags().digestTags(source));
    var lists = new ArrayList<Callable<List<Descriptor>>>();
    if (source instanceof ReferrerSource listing) {
      for (var subject : subjects) {
        lists.add(
            () ->
                CopyErrors.onSource(
                    source, () -> listing.referrers(subject.descriptor(), tags::contains)));
      }
    }
    var found = new LinkedHashMap<Digest, Descriptor>();
    for (var list : session.threads().invokeAll(lists)) {
      list.forEach(referrer -> found.putIfAbsent(referrer.digest(), referrer.plain()));
    }
    for (var referrer : found.values()) {
      if (!session.copied().has(referrer.digest(), target)) {
        countOne();
        var manifest = CopyErrors.onSource(source, () -> source.manifest(referrer));
        copying.copy(new Node(referrer, manifest), List.of(), depth + 1);
      }
    }
    for (var subject : subjects) {
      for (var name : DigestTags.attachedTo(subject.descriptor().digest(), tags)) {
        countOne();
        var tag = new Tag(name);
        copying.copy(Node.of(Root.resolve(source, tag)), List.of(tag), depth + 1);
      }
    }
  }

  private void countOne() throws InvalidContentException {
    if (++count > MAX_REFERRERS) {
      throw new InvalidContentException(
          "source %s: more than %d referrers".formatted(source, MAX_REFERRERS));
    }
  }

  /**
   * Whether the target has a referrer's manifest but doesn't list it: where the client keeps the
   * list (distribution-spec, "Referrers tag schema"), a copy that was cut may have left it so. To
   * push it again enters it.
   */
  boolean isUnlisted(Node referrer) throws IOException {
    var subject = referrer.manifest().subject();
    if (subject == null || !(target instanceof ReferrerSource listing)) {
      return false;
    }
    var listed = listedAtTarget.get(subject.digest());
    if (listed == null) {
      listed = new HashSet<>();
      for (var known : CopyErrors.onTarget(() -> listing.referrers(subject))) {
        listed.add(known.digest());
      }
      listedAtTarget.put(subject.digest(), listed);
    }
    return !listed.contains(referrer.descriptor().digest());
  }
}
