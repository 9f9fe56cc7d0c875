package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.EagerPushTarget;
import io.github.tugoci.content.ForcePushTarget;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.MountTarget;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Moves the blobs and the manifests of one copy, and counts them. */
final class Transfer {
  private final SessionState session;
  private final ContentSource source;
  private final ContentTarget target;
  private final ImageChecks checks;
  private final CopyStats stats;

  Transfer(SessionState session, ContentSource source, ContentTarget target, CopyStats stats) {
    this.session = session;
    this.source = source;
    this.target = target;
    this.checks = new ImageChecks(source, target);
    this.stats = stats;
  }

  /** Moves all that is below a graph's root: the blobs first, then manifests from below. */
  void moveBelowRoot(Graph graph) throws IOException {
    checks.begin(graph.nodes());
    moveBlobs(graph);
    for (var group : graph.successors()) {
      session
          .threads()
          .invokeAll(
              tasks(group, node -> push(node, () -> target.push(node.descriptor(), node.body()))));
    }
  }

  private void moveBlobs(Graph graph) throws IOException {
    var missing = new ArrayList<Descriptor>();
    for (var blob : graph.blobs()) {
      if (session.copied().has(blob.digest(), target)) {
        stats.skip(1);
      } else {
        missing.add(blob);
      }
    }
    session
        .options()
        .progress()
        .planned(missing.size(), missing.stream().mapToLong(Descriptor::size).sum());
    session.threads().invokeAll(tasks(missing, blob -> move(blob, graph)));
  }

  private Outcome move(Descriptor blob, Graph graph) throws IOException {
    try {
      return move(blob, false);
    } catch (NotFoundException e) {
      throw LocalSource.isLocal(source) && e.getCause() == null
          ? graph.explained(source, blob, e)
          : e;
    }
  }

  /** Something that is done with each of several pieces. */
  private interface Step<T> {
    Outcome with(T piece) throws IOException;
  }

  private static <T> List<Callable<Outcome>> tasks(Collection<T> pieces, Step<T> step) {
    var tasks = new ArrayList<Callable<Outcome>>();
    for (var piece : pieces) {
      tasks.add(() -> step.with(piece));
    }
    return tasks;
  }

  private Outcome move(Descriptor blob, boolean again) throws IOException {
    var progress = session.options().progress();
    progress.started(blob);
    var body = new ProgressBlob(blob, checks.watch(blob, body(blob)), source, progress);
    var outcome = CopyErrors.onTarget(() -> send(blob, body, again));
    session.copied().add(blob.digest(), target, outcome);
    stats.count(blob, outcome);
    progress.finished(blob, outcome);
    return outcome;
  }

  private Outcome send(Descriptor blob, Blob body, boolean again) throws IOException {
    if (again) {
      return ForcePushTarget.forcePush(target, blob, body);
    }
    return session.options().eager()
        ? EagerPushTarget.eagerPush(target, blob, body)
        : target.push(blob, body);
  }

  /**
   * A descriptor may hold its content (image-spec, descriptor.md, "data"); it is used if it is
   * right. Else it is read from the source, unless the target can take it from a sibling that this
   * session has brought it to.
   */
  private Blob body(Descriptor blob) throws IOException {
    var data = data(blob);
    if (data.isPresent()) {
      return Blob.of(data.get());
    }
    var body = CopyErrors.onSource(source, () -> BlobSource.blob(source, blob));
    return MountTarget.canMount(target, source)
        ? body
        : session
            .copied()
            .sibling(blob.digest(), target)
            .map(sibling -> Blob.of(body, sibling))
            .orElse(body);
  }

  /** The content that a descriptor holds, if it is what the digest says. */
  static Optional<Bytes> data(Descriptor blob) {
    return Optional.ofNullable(blob.data())
        .filter(
            data ->
                data.size() == blob.size()
                    && data.digest(blob.digest().algorithm()).equals(blob.digest()));
  }

  /** Pushes a root under its tags. */
  void pushRoot(Node root, List<Tag> tags) throws IOException {
    push(root, () -> RootTarget.push(target, root.descriptor(), root.body(), tags));
  }

  private Outcome push(Node node, CopyErrors.IoCall<Outcome> put) throws IOException {
    checks.check(node);
    Outcome outcome;
    try {
      outcome = CopyErrors.onTarget(put);
    } catch (OciException e) {
      if (!lacksBlobs(e)) {
        throw e;
      }
      repushSkippedBlobs(node);
      outcome = CopyErrors.onTarget(put);
    }
    session.copied().add(node.descriptor().digest(), target, outcome);
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
      var outcome = session.copied().outcome(child.digest(), target);
      if ((outcome == Outcome.SKIPPED || outcome == Outcome.MOUNTED)
          && !child.mediaType().isManifest()) {
        move(child, true);
      }
    }
  }
}
