package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies content from any source to any target. All blobs go first, then the manifests from below,
 * and the root with its tags last: a copy that fails or is cut leaves no tag that leads nowhere,
 * and one that is made again finds what is there.
 */
public final class Copier {
  private final ContentSource source;
  private final ContentTarget target;
  private final CopyOptions options;
  private final Crew crew;
  private final Map<Digest, Outcome> outcomes = new ConcurrentHashMap<>();
  private final Tally tally = new Tally();

  private Copier(ContentSource source, ContentTarget target, CopyOptions options, Crew crew) {
    this.source = source;
    this.target = target;
    this.options = options;
    this.crew = crew;
  }

  /**
   * Copies what a reference names.
   *
   * @param reference a tag of the source, or a digest as text
   * @param tags what it is to be called at the target; may be empty
   * @throws NotFoundException if it isn't there, or has no image for the platform
   * @throws InvalidContentException if the content isn't what it claims to be
   * @throws AlreadyExistsException if a tag is something else and mustn't move
   * @throws InterruptedIOException if the thread is interrupted
   */
  public static CopyResult copy(
      ContentSource source,
      String reference,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    return copy(source, source.manifest(reference), target, tags, options);
  }

  /**
   * Copies what a manifest of the source is the root of, for a caller who has read it already.
   *
   * @throws IOException as above
   */
  public static CopyResult copy(
      ContentSource source,
      Manifest manifest,
      ContentTarget target,
      List<String> tags,
      CopyOptions options)
      throws IOException {
    try (var crew = new Crew(options.concurrency())) {
      return new Copier(source, target, options, crew).copy(manifest, tags);
    }
  }

  private CopyResult copy(Manifest manifest, List<String> tags) throws IOException {
    var chosen =
        options.platform() == null
            ? manifest
            : PlatformChoice.choose(source, manifest, options.platform());
    var root = new Node(chosen.descriptor(), chosen);
    var pending = pending(root.descriptor(), tags);
    if (pending == null) {
      tally.skipped.addAndGet(root.manifest().children().size());
    } else {
      copy(root, pending);
    }
    return tally.result(root.descriptor());
  }

  /** The tags that are to be set; null if nothing is to be done. */
  private @Nullable List<String> pending(Descriptor root, List<String> tags) throws IOException {
    boolean ask = target.worthAsking(root) && !options.referrers();
    if (!(target instanceof ContentSource there) || tags.isEmpty()) {
      return ask && tags.isEmpty() && target.exists(root) ? null : tags;
    }
    if (options.overwrite() && !ask) {
      return tags;
    }
    var pending = new ArrayList<String>();
    for (var tag : tags) {
      if (!leadsTo(there, tag, root)) {
        pending.add(tag);
      }
    }
    return pending.isEmpty() && !options.referrers() ? null : pending;
  }

  private boolean leadsTo(ContentSource there, String tag, Descriptor root) throws IOException {
    try {
      if (there.resolve(tag).digest().equals(root.digest())) {
        return true;
      }
    } catch (NotFoundException e) {
      return false;
    }
    if (!options.overwrite()) {
      throw new AlreadyExistsException("%s of %s is something else already".formatted(tag, target));
    }
    return false;
  }

  private void copy(Node root, List<String> tags) throws IOException {
    var graph = copyBelow(root);
    pushRoot(root, tags);
    if (options.referrers()) {
      copyReferrers(graph, new HashSet<>());
    }
  }

  private Graph copyBelow(Node root) throws IOException {
    var graph = Graph.read(source, root, crew);
    var blobs = new ArrayList<Callable<Outcome>>();
    for (var blob : graph.blobs()) {
      blobs.add(() -> move(blob, false));
    }
    crew.all(blobs);
    for (var group : graph.below()) {
      var manifests = new ArrayList<Callable<Outcome>>();
      for (var node : group) {
        manifests.add(() -> push(node, () -> target.push(node.descriptor(), node.body())));
      }
      crew.all(manifests);
    }
    return graph;
  }

  private Outcome move(Descriptor blob, boolean again) throws IOException {
    options.progress().started(blob);
    var body = new Moving(blob, body(blob), options.progress());
    var outcome = again ? target.pushAgain(blob, body) : target.push(blob, body);
    outcomes.put(blob.digest(), outcome);
    tally.count(blob, outcome);
    options.progress().finished(blob, outcome);
    return outcome;
  }

  /**
   * A descriptor may hold its content (image-spec, descriptor.md, "data"); it is used if it is
   * right.
   */
  private Blob body(Descriptor blob) throws IOException {
    var data = blob.data();
    return data != null
            && data.size() == blob.size()
            && data.digest(blob.digest().algorithm()).equals(blob.digest())
        ? Blob.of(data)
        : source.blob(blob);
  }

  private void pushRoot(Node root, List<String> tags) throws IOException {
    if (tags.isEmpty() && !target.listsRoots()) {
      push(root, () -> target.push(root.descriptor(), root.body()));
    } else {
      push(root, () -> target.push(root.descriptor(), root.body(), tags));
    }
  }

  private Outcome push(Node node, Put put) throws IOException {
    try {
      return put.run();
    } catch (OciException e) {
      if (!lacksBlobs(e)) {
        throw e;
      }
      heal(node);
      return put.run();
    }
  }

  /** A manifest's way to the target. */
  private interface Put {
    Outcome run() throws IOException;
  }

  private static boolean lacksBlobs(OciException failure) {
    var answer = failure instanceof NotFoundException ? failure.getCause() : failure;
    return answer instanceof RegistryException e
        && (e.hasCode("MANIFEST_BLOB_UNKNOWN") || e.hasCode("BLOB_UNKNOWN"));
  }

  /**
   * A registry may say that it has a blob and then not find it: what it skipped is sent to it,
   * once.
   */
  private void heal(Node node) throws IOException {
    for (var child : node.manifest().children()) {
      var outcome = outcomes.get(child.digest());
      if (outcome == Outcome.SKIPPED || outcome == Outcome.MOUNTED) {
        move(child, true);
      }
    }
  }

  private void copyReferrers(Graph graph, Set<Digest> seen) throws IOException {
    for (var node : graph.nodes()) {
      for (var referrer : source.referrers(node.descriptor())) {
        if (seen.add(referrer.digest())) {
          var found = new Node(referrer.plain(), source.manifest(referrer));
          var below = copyBelow(found);
          pushRoot(found, List.of());
          copyReferrers(below, seen);
        }
      }
    }
  }
}
