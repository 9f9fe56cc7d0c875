package io.github.tugoci.copy;

import io.github.tugoci.concurrent.TaskGroup;
import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Platform;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Options of a copy.
 *
 * @param concurrency the maximum of blobs and manifests in transfer at once, at least 1
 * @param platforms the images of an index to copy: one is copied alone, several under a new index;
 *     empty for all
 * @param referrers whether referrers of the content (signatures, attestations) are copied too
 * @param foreignLayers whether non-distributable layers are copied too
 * @param eager whether small content is sent without asking for it first, where the target takes it
 *     so: cheaper for what is new, but what was there counts as sent
 * @param overwrite whether a tag that has another digest at the target is moved
 * @param progress receives the progress of each transfer
 * @param threads makes the threads on which content moves, at most {@code concurrency} at once
 */
public record CopyOptions(
    int concurrency,
    List<Platform> platforms,
    boolean referrers,
    boolean foreignLayers,
    boolean eager,
    boolean overwrite,
    ProgressListener progress,
    ThreadFactory threads) {

  /** Checks the number and copies the list. */
  public CopyOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "invalid concurrency " + concurrency + ": expected at least 1");
    }
    platforms = List.copyOf(platforms);
  }

  /** All platforms without referrers, five transfers at once. */
  public static CopyOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    return builder()
        .concurrency(concurrency)
        .platforms(platforms)
        .referrers(referrers)
        .foreignLayers(foreignLayers)
        .eager(eager)
        .overwrite(overwrite)
        .progress(progress)
        .threads(threads);
  }

  /** Builds options. */
  public static final class Builder {
    private int concurrency = 5;
    private List<Platform> platforms = List.of();
    private boolean referrers;
    private boolean foreignLayers;
    private boolean eager;
    private boolean overwrite = true;
    private ProgressListener progress = ProgressListener.NONE;
    private ThreadFactory threads = TaskGroup.DAEMONS;

    private Builder() {}

    /** Sets the maximum of transfers at once. */
    public Builder concurrency(int most) {
      concurrency = most;
      return this;
    }

    /** Copies one image of an index; null copies all. */
    public Builder platform(@Nullable Platform only) {
      return platforms(only == null ? List.of() : List.of(only));
    }

    /** Copies these images of an index; empty for all. */
    public Builder platforms(List<Platform> only) {
      platforms = only;
      return this;
    }

    /** Copies referrers too. */
    public Builder referrers(boolean too) {
      referrers = too;
      return this;
    }

    /** Copies non-distributable layers too, if the source has them. */
    public Builder foreignLayers(boolean too) {
      foreignLayers = too;
      return this;
    }

    /** Sends small content without asking whether it is there. */
    public Builder eager(boolean unasked) {
      eager = unasked;
      return this;
    }

    /** Moves a tag that has another digest at the target, or fails. */
    public Builder overwrite(boolean allowed) {
      overwrite = allowed;
      return this;
    }

    /** Reports the progress of each transfer. */
    public Builder progress(ProgressListener listener) {
      progress = listener;
      return this;
    }

    /**
     * Makes the threads on which content moves: virtual ones, or ones that carry a context along.
     * They end with the copy or the session.
     */
    public Builder threads(ThreadFactory factory) {
      threads = factory;
      return this;
    }

    /** The options. */
    public CopyOptions build() {
      return new CopyOptions(
          concurrency, platforms, referrers, foreignLayers, eager, overwrite, progress, threads);
    }
  }
}
