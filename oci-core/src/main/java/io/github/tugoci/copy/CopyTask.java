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
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One copy of a run: a root, what is below it, and on request what refers to all that. */
final class CopyTask {
  private static final int MAX_REFERRER_DEPTH = 8;
  private static final int MAX_REFERRERS = 10_000;

  private final CopySession run;
  private final CopyOptions options;
  private final ContentSource source;
  private final ContentTarget target;
  private final CopyStats tally = new CopyStats();
  private final ImageChecks checks;
  private final Map<Digest, Set<Digest>> listed = new HashMap<>();
  private int referrers;

  CopyTask(CopySession run, ContentSource source, ContentTarget target) {
    this.run = run;
    this.options = run.options;
    this.source = source;
    this.target = target;
    this.checks = new ImageChecks(source, target);
  }

  CopyResult copy(Node root, List<String> tags, @Nullable Digest filteredFrom) throws IOException {
    deliver(root, tags, 0);
    return tally.result(root.descriptor(), filteredFrom);
  }

  /**
   * What is at the target already.
   *
   * @param root whether the root is, with all that is below it
   * @param pending the tags that don't lead to it
   */
  private record Standing(boolean root, List<String> pending) {}

  private void deliver(Node root, List<String> tags, int depth) throws IOException {
    var digest = root.descriptor().digest();
    boolean known = run.deliveries.has(digest, target);
    var standing = standing(root.descriptor(), tags, known);
    Graph graph = null;
    if (standing.root()) {
      tally.skipped.addAndGet(root.manifest().children().size());
      if (!standing.pending().isEmpty() || (!known && isUnlisted(root))) {
        pushRoot(root, standing.pending());
      }
      run.deliveries.add(digest, target, Outcome.SKIPPED);
    } else {
      graph = copyBelow(root);
      pushRoot(root, standing.pending());
    }
    if (options.referrers() && !known) {
      copyReferrers(graph == null ? read(root) : graph, depth);
    }
  }

  /**
   * Whether the target has a referrer's manifest but doesn't list it: where the client keeps the
   * list (distribution-spec, "Referrers tag schema"), a copy that was cut may have left it so. To
   * push it again enters it.
   */
  private boolean isUnlisted(Node root) throws IOException {
    var subject = root.manifest().subject();
    if (subject == null || !(target instanceof ContentSource there)) {
      return false;
    }
    var known = listed.get(subject.digest());
    if (known == null) {
      known = new HashSet<>();
      for (var referrer : there.referrers(subject)) {
        known.add(referrer.digest());
      }
      listed.put(subject.digest(), known);
    }
    return !known.contains(root.descriptor().digest());
  }

  private Standing standing(Descriptor root, List<String> tags, boolean known) throws IOException {
    boolean ask = !known && run.probesRoot(target, root);
    if (!(target instanceof ContentSource there) || tags.isEmpty()) {
      return new Standing(known || (ask && tags.isEmpty() && target.exists(root)), tags);
    }
    if (options.overwrite() && !ask) {
      return new Standing(known, tags);
    }
    var pending = new ArrayList<String>();
    for (var tag : tags) {
      if (!tagPointsTo(there, tag, root)) {
        pending.add(tag);
      }
    }
    boolean led = pending.size() < tags.size() && (ask || target.rejectsDanglingManifests());
    return new Standing(known || led, pending);
  }

  private boolean tagPointsTo(ContentSource there, String tag, Descriptor root) throws IOException {
    if (!run.mayHaveTag(target, there, tag)) {
      return false;
    }
    Optional<Descriptor> tagged;
    if (options.overwrite()) {
      tagged = there.peek(tag);
    } else {
      try {
        tagged = Optional.of(there.resolve(tag));
      } catch (NotFoundException e) {
        tagged = Optional.empty();
      }
    }
    if (tagged.isEmpty()) {
      return false;
    }
    var found = tagged.get().digest();
    if (found.equals(root.digest()) || isSameContent(there, tag, found, root)) {
      return true;
    }
    if (!options.overwrite()) {
      throw new AlreadyExistsException("%s of %s is something else already".formatted(tag, target));
    }
    return false;
  }

  /** A tag leads to a digest of the registry's choice, which may be by another algorithm. */
  private static boolean isSameContent(
      ContentSource there, String tag, Digest found, Descriptor root) throws IOException {
    var algorithm = root.digest().algorithm();
    return found.algorithm() != algorithm
        && there.manifest(tag).bytes().digest(algorithm).equals(root.digest());
  }

  private Graph read(Node root) throws IOException {
    return Graph.read(
        source,
        root,
        run.crew,
        options.foreignLayers(),
        digest -> run.deliveries.has(digest, target));
  }

  private Graph copyBelow(Node root) throws IOException {
    var graph = read(root);
    checkKeepable(graph);
    checks.begin(graph.nodes());
    var missing = new ArrayList<Descriptor>();
    for (var blob : graph.blobs()) {
      if (run.deliveries.has(blob.digest(), target)) {
        tally.skipped.incrementAndGet();
      } else {
        missing.add(blob);
      }
    }
    options.progress().planned(missing.size(), missing.stream().mapToLong(Descriptor::size).sum());
    var blobs = new ArrayList<Callable<Outcome>>();
    for (var blob : missing) {
      blobs.add(() -> move(blob, graph));
    }
    run.crew.invokeAll(blobs);
    for (var group : graph.successors()) {
      var manifests = new ArrayList<Callable<Outcome>>();
      for (var node : group) {
        manifests.add(() -> push(node, () -> target.push(node.descriptor(), node.body())));
      }
      run.crew.invokeAll(manifests);
    }
    return graph;
  }

  private void checkKeepable(Graph graph) throws InvalidContentException {
    for (var node : graph.nodes()) {
      if (node.manifest() instanceof DockerSchema1Manifest && !target.rejectsDanglingManifests()) {
        throw new InvalidContentException(
            "source %s: %s is a Docker manifest of schema 1, which only registries keep; copy it to one"
                .formatted(source, node.descriptor().digest()));
      }
    }
  }

  private Outcome move(Descriptor blob, Graph graph) throws IOException {
    try {
      return move(blob, false);
    } catch (NotFoundException e) {
      throw source.isLocal() && e.getCause() == null ? graph.explained(source, blob, e) : e;
    }
  }

  private Outcome move(Descriptor blob, boolean again) throws IOException {
    options.progress().started(blob);
    var body = new ProgressBlob(blob, checks.watch(blob, body(blob)), source, options.progress());
    var outcome = again ? target.forcePush(blob, body) : target.push(blob, body);
    run.deliveries.add(blob.digest(), target, outcome);
    tally.count(blob, outcome);
    options.progress().finished(blob, outcome);
    return outcome;
  }

  /**
   * A descriptor may hold its content (image-spec, descriptor.md, "data"); it is used if it is
   * right. Else it is read from the source, unless the target can take it from a sibling that this
   * run has brought it to.
   */
  private Blob body(Descriptor blob) throws IOException {
    var data = data(blob);
    if (data.isPresent()) {
      return Blob.of(data.get());
    }
    var body = source.blob(blob);
    return target.mountsFrom(source)
        ? body
        : run.deliveries
            .sibling(blob.digest(), target)
            .map(sibling -> Blob.of(body, sibling))
            .orElse(body);
  }

  static Optional<Bytes> data(Descriptor blob) {
    return Optional.ofNullable(blob.data())
        .filter(
            data ->
                data.size() == blob.size()
                    && data.digest(blob.digest().algorithm()).equals(blob.digest()));
  }

  private void pushRoot(Node root, List<String> tags) throws IOException {
    if (tags.isEmpty() && !target.tracksRoots()) {
      push(root, () -> target.push(root.descriptor(), root.body()));
    } else {
      push(root, () -> target.push(root.descriptor(), root.body(), tags));
    }
  }

  private Outcome push(Node node, CopyErrors.IoCall<Outcome> put) throws IOException {
    checks.check(node);
    Outcome outcome;
    try {
      outcome = put.run();
    } catch (OciException e) {
      if (!lacksBlobs(e)) {
        throw e;
      }
      repushSkippedBlobs(node);
      outcome = put.run();
    }
    run.deliveries.add(node.descriptor().digest(), target, outcome);
    return outcome;
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
  private void repushSkippedBlobs(Node node) throws IOException {
    for (var child : node.manifest().children()) {
      var outcome = run.deliveries.outcome(child.digest(), target);
      if ((outcome == Outcome.SKIPPED || outcome == Outcome.MOUNTED)
          && !child.mediaType().isManifest()) {
        move(child, true);
      }
    }
  }

  private void copyReferrers(Graph graph, int depth) throws IOException {
    if (depth == MAX_REFERRER_DEPTH) {
      throw new InvalidContentException(
          "source %s: referrers refer to one another more than %d deep"
              .formatted(source, MAX_REFERRER_DEPTH));
    }
    var tags = run.digestTags(source);
    var asks = new ArrayList<Callable<List<Descriptor>>>();
    for (var node : graph.nodes()) {
      asks.add(() -> source.referrers(node.descriptor(), tags::contains));
    }
    Map<Digest, Descriptor> found = new LinkedHashMap<>();
    for (var list : run.crew.invokeAll(asks)) {
      list.forEach(referrer -> found.putIfAbsent(referrer.digest(), referrer.plain()));
    }
    for (var referrer : found.values()) {
      if (!run.deliveries.has(referrer.digest(), target)) {
        var manifest = CopyErrors.onSource(source, () -> source.manifest(referrer));
        deliverReferrer(new Node(referrer, manifest), List.of(), depth);
      }
    }
    for (var node : graph.nodes()) {
      for (var tag : DigestTags.attachedTo(node.descriptor().digest(), tags)) {
        var manifest = CopyErrors.onSource(source, () -> source.manifest(tag));
        deliverReferrer(new Node(manifest.descriptor(), manifest), List.of(tag), depth);
      }
    }
  }

  private void deliverReferrer(Node referrer, List<String> tags, int depth) throws IOException {
    if (++referrers > MAX_REFERRERS) {
      throw new InvalidContentException(
          "source %s: more than %d referrers".formatted(source, MAX_REFERRERS));
    }
    deliver(referrer, tags, depth + 1);
  }
}
