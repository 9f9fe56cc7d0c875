package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * A release whose newest revision failed: no job of helm-controller goes on from it (failurePolicy:
 * abort), however good the next chart is. The way back is to take the failed revision's record
 * away, so that the one before it counts; nothing that runs is touched.
 *
 * @param policy what is allowed
 * @param revisions the release's, oldest first
 */
record FailedRelease(Policy policy, List<HelmRevision> revisions) {

  /** Whether no job of helm-controller goes on from the newest revision. */
  boolean blocksJob() {
    return HelmRevision.newest(revisions).blocks();
  }

  /** Whether helm itself doesn't: it does from one that failed, not from one that it didn't end. */
  boolean blocksHelm() {
    var newest = HelmRevision.newest(revisions);
    return newest.isPending() || (newest.blocks() && !newest.isFailed());
  }

  /**
   * Checks that the failed revision may be cleared.
   *
   * @throws FailedException if it may not, with the commands that do it
   */
  void check(boolean allowed) throws FailedException {
    if (!allowed) {
      var newest = HelmRevision.newest(revisions);
      var context = new ArrayList<String>();
      if (!newest.reason().isEmpty()) {
        context.add(newest.reason());
      }
      context.add(lastGood());
      throw new FailedException(
          ExitCode.FAILED,
          "release %s in namespace %s is %s at revision %d; nothing was applied"
              .formatted(policy.release(), policy.namespace(), newest.status(), newest.number()),
          context,
          hint());
    }
  }

  void clear(ReleaseSecrets secrets, Consumer<String> told) throws IOException {
    for (var revision : blocking()) {
      told.accept(
          "clearing %s of release %s: %s".formatted(revision, policy.release(), revision.reason()));
      secrets.delete(revision);
    }
  }

  /** All that came after the last that was complete. */
  private List<HelmRevision> blocking() {
    long good = HelmRevision.lastGood(revisions).map(HelmRevision::number).orElse(0L);
    var blocking = new ArrayList<>(revisions);
    blocking.removeIf(revision -> revision.number() <= good);
    Collections.reverse(blocking);
    return blocking;
  }

  private String lastGood() {
    return HelmRevision.lastGood(revisions)
        .map(good -> "the last good one is " + good)
        .orElse("no revision was ever deployed");
  }

  String hint() {
    var names = blocking().stream().map(HelmRevision::secret).toList();
    var rollback =
        HelmRevision.lastGood(revisions).isPresent()
            ? "; \"tug deploy --policy FILE --rollback\" deploys the last good version again"
            : "";
    return ("fix the cause, then run \"kubectl delete secret --namespace %s %s\" and deploy again,"
                + " or deploy with --clear-failed, or with onFailedRelease: clear in the policy")
            .formatted(policy.namespace(), String.join(" ", names))
        + rollback;
  }
}
