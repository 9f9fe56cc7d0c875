package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The status of a root at its target before anything is copied.
 *
 * @param state whether the root is there, with all that is below it
 * @param pendingTags the tags that don't lead to it
 */
record TargetStatus(State state, List<Tag> pendingTags) {
  /**
   * Whether a root is at its target.
   *
   * <table>
   *   <caption>What each state means, and what is done</caption>
   *   <tr><th>state</th><th>known because</th><th>children</th><th>root</th><th>referrers</th></tr>
   *   <tr><td>COPIED</td><td>this session has brought it, or found it COMPLETE</td>
   *     <td>skipped</td><td>pushed if tags are pending</td><td>were copied then</td></tr>
   *   <tr><td>COMPLETE</td><td>the target was asked, and has no manifest without its children</td>
   *     <td>skipped</td>
   *     <td>pushed if tags are pending, or its subject doesn't list it</td><td>copied</td></tr>
   *   <tr><td>UNKNOWN</td><td>it isn't there, wasn't asked for, or may lack children</td>
   *     <td>copied</td><td>pushed</td><td>copied</td></tr>
   * </table>
   */
  enum State {
    COPIED,
    COMPLETE,
    UNKNOWN
  }

  /**
   * Looks at a target, with no request where the answer would save none.
   *
   * @param tags what the root is to be called
   */
  static TargetStatus of(
      SessionState session, ContentTarget target, Descriptor root, List<Tag> tags)
      throws IOException {
    boolean copied = session.copied().has(root.digest(), target);
    boolean probe = !copied && probesRoot(session, target, root);
    if (tags.isEmpty()) {
      return new TargetStatus(state(copied, probe && target.exists(root)), tags);
    }
    // Tags that may move are written without a look at them, unless the look can save the rest.
    boolean looks = probe || !session.options().overwrite();
    if (!looks || !(target instanceof ContentSource readable)) {
      return new TargetStatus(state(copied, false), tags);
    }
    var pending = new ArrayList<Tag>();
    for (var tag : tags) {
      if (!session.targetTags().pointsTo(target, readable, tag, root)) {
        pending.add(tag);
      }
    }
    boolean found = pending.size() < tags.size();
    return new TargetStatus(
        state(copied, found && (probe || GraphTarget.rejectsDanglingManifests(target))), pending);
  }

  private static boolean probesRoot(SessionState session, ContentTarget target, Descriptor root) {
    return GraphTarget.likelyPresent(target, root)
        || (session.probesRoots() && GraphTarget.rejectsDanglingManifests(target));
  }

  private static State state(boolean copied, boolean complete) {
    return copied ? State.COPIED : complete ? State.COMPLETE : State.UNKNOWN;
  }
}
