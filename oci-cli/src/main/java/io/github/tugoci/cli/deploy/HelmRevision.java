package io.github.tugoci.cli.deploy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A revision of a release, as helm keeps it.
 *
 * @param number counts from 1
 * @param status helm's word: deployed, superseded, failed, pending-upgrade, …
 * @param chart the chart's name and version, {@code shop-1.2.0}
 * @param description what helm says of it, such as why it failed
 * @param configHash what helm-controller marks it with; empty without it
 * @param secret the Secret that holds it; empty where only helm knows
 */
record HelmRevision(
    long number,
    String status,
    String chart,
    String description,
    String configHash,
    String secret) {
  static final HelmRevision NONE = new HelmRevision(0, "", "", "", "", "");

  /** Those after which helm-controller's job upgrades by itself. */
  private static final Set<String> GOING_ON =
      Set.of("", "deployed", "pending-upgrade", "superseded");

  private static final Set<String> ENDED = Set.of("deployed", "superseded");

  boolean isDeployed() {
    return status.equals("deployed");
  }

  /** Whether helm is at work on it, or was when it was stopped. */
  boolean isPending() {
    return status.startsWith("pending-");
  }

  boolean isFailed() {
    return status.equals("failed");
  }

  /** Whether the job of helm-controller waits for an operator after it (failurePolicy: abort). */
  boolean blocks() {
    return !GOING_ON.contains(status);
  }

  static HelmRevision newest(List<HelmRevision> revisions) {
    return revisions.isEmpty() ? NONE : revisions.get(revisions.size() - 1);
  }

  /** The newest that was once complete. */
  static Optional<HelmRevision> lastGood(List<HelmRevision> revisions) {
    return revisions.stream()
        .filter(revision -> ENDED.contains(revision.status))
        .reduce((first, second) -> second);
  }

  /** What helm said of it, in a line. */
  String reason() {
    return description.lines().findFirst().orElse("").strip();
  }

  @Override
  public String toString() {
    return "revision %d (%s, %s)".formatted(number, chart.isEmpty() ? "?" : chart, status);
  }
}
