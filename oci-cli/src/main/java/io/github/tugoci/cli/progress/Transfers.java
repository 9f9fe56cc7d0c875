package io.github.tugoci.cli.progress;

import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up what moves. Thread-safe. */
class Transfers implements ProgressListener {
  private final Map<Digest, Moving> moving = new LinkedHashMap<>();
  private int plannedBlobs;
  private long plannedBytes;
  private int startedBlobs;
  private long startedBytes;
  private int doneBlobs;
  private long doneBytes;
  private long sent;

  /**
   * A blob on its way.
   *
   * @param blob what it is
   * @param bytes how much of it has moved
   */
  record Moving(Descriptor blob, long bytes) {}

  /**
   * What holds at a moment.
   *
   * @param doneBlobs how many blobs are at the target
   * @param blobs how many there are in all, as far as that is known
   * @param doneBytes how many bytes are at the target, with those of blobs on their way
   * @param bytes how many there are in all
   * @param sent how many went over the wire: without what was there, with what went twice
   * @param moving the blobs on their way, the oldest first
   */
  record Snapshot(
      int doneBlobs, int blobs, long doneBytes, long bytes, long sent, List<Moving> moving) {}

  @Override
  public synchronized void planned(int blobs, long bytes) {
    plannedBlobs += blobs;
    plannedBytes += bytes;
  }

  @Override
  public synchronized void started(Descriptor blob) {
    startedBlobs++;
    startedBytes += blob.size();
    moving.put(blob.digest(), new Moving(blob, 0));
  }

  @Override
  public synchronized void moved(Descriptor blob, long bytes) {
    sent += Math.max(0, bytes);
    moving.computeIfPresent(
        blob.digest(), (digest, before) -> new Moving(blob, before.bytes() + bytes));
  }

  @Override
  public synchronized void finished(Descriptor blob, ContentTarget.Outcome outcome) {
    moving.remove(blob.digest());
    doneBlobs++;
    doneBytes += blob.size();
  }

  synchronized Snapshot snapshot() {
    long under = moving.values().stream().mapToLong(Moving::bytes).sum();
    // A blob that has to be sent again is started again, but was planned once.
    return new Snapshot(
        doneBlobs,
        Math.max(plannedBlobs, startedBlobs),
        doneBytes + under,
        Math.max(plannedBytes, startedBytes),
        sent,
        new ArrayList<>(moving.values()));
  }
}
