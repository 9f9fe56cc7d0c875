package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.copy.TargetStatus.State;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One copy of a session: a root, its successors and, on request, their referrers. */
final class CopyTask {
  private final SessionState session;
  private final ContentSource source;
  private final ContentTarget target;
  private final CopyStats stats = new CopyStats();
  private final Transfer transfer;
  private final ReferrerCopy referrers;

  CopyTask(SessionState session, ContentSource source, ContentTarget target) {
    this.session = session;
    this.source = source;
    this.target = target;
    this.transfer = new Transfer(session, source, target, stats);
    this.referrers = new ReferrerCopy(session, source, target);
  }

  CopyResult copy(Root root, List<Tag> tags, @Nullable Digest filteredFrom) throws IOException {
    copy(Node.of(root), tags, 0);
    return stats.result(root.descriptor(), filteredFrom);
  }

  private void copy(Node root, List<Tag> tags, int depth) throws IOException {
    var status =
        CopyErrors.onTarget(() -> TargetStatus.of(session, target, root.descriptor(), tags));
    boolean withReferrers = session.options().referrers() && status.state() != State.COPIED;
    // A tag must not appear before the referrers that are copied with its image.
    boolean tagsLater = withReferrers && !status.pendingTags().isEmpty();
    var tagsNow = tagsLater ? List.<Tag>of() : status.pendingTags();
    Graph graph = null;
    if (status.state() == State.UNKNOWN) {
      graph = read(root);
      checkKeepable(graph);
      transfer.moveBelowRoot(graph);
      transfer.pushRoot(root, tagsNow);
    } else {
      keepRoot(root, status.state(), tagsNow);
    }
    if (withReferrers) {
      var subjects = graph == null ? read(root) : graph;
      referrers.copy(subjects.nodes(), depth, this::copy);
    }
    if (tagsLater) {
      transfer.pushRoot(root, status.pendingTags());
    }
  }

  private void keepRoot(Node root, State state, List<Tag> tags) throws IOException {
    stats.skip(root.manifest().children().size());
    if (!tags.isEmpty() || (state == State.COMPLETE && referrers.isUnlisted(root))) {
      transfer.pushRoot(root, tags);
    }
    session.copied().add(root.descriptor().digest(), target, Outcome.SKIPPED);
  }

  private Graph read(Node root) throws IOException {
    return Graph.read(
        source,
        root,
        session.threads(),
        session.options().foreignLayers(),
        digest -> session.copied().has(digest, target));
  }

  private void checkKeepable(Graph graph) throws InvalidContentException {
    for (var node : graph.nodes()) {
      if (node.manifest() instanceof DockerSchema1Manifest
          && !GraphTarget.rejectsDanglingManifests(target)) {
        throw CopyErrors.at(
            source,
            new InvalidContentException(
                "source %s: %s is a Docker manifest of schema 1, which only registries keep; copy it to one"
                    .formatted(source, node.descriptor().digest())));
      }
    }
  }
}
