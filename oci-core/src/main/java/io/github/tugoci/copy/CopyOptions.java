package io.github.tugoci.copy;

import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Platform;
import org.jspecify.annotations.Nullable;

/**
 * How a copy is made.
 *
 * @param concurrency how many pieces move at once, at least 1
 * @param platform the one image of an index to copy, or null for all of it
 * @param referrers whether what refers to the content (signatures, attestations) is copied too
 * @param overwrite whether a tag that is something else at the target moves
 * @param progress hears what moves
 */
public record CopyOptions(
    int concurrency,
    @Nullable Platform platform,
    boolean referrers,
    boolean overwrite,
    ProgressListener progress) {

  /** Checks the number. */
  public CopyOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("at least one piece must move at once");
    }
  }

  /** Everything, five pieces at once. */
  public static CopyOptions defaults() {
    return builder().build();
  }

  /** Options to be changed. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts options together. */
  public static final class Builder {
    private int concurrency = 5;
    private @Nullable Platform platform;
    private boolean referrers;
    private boolean overwrite = true;
    private ProgressListener progress = ProgressListener.NONE;

    private Builder() {}

    /** Moves so many pieces at once. */
    public Builder concurrency(int most) {
      concurrency = most;
      return this;
    }

    /** Copies one image of an index; null copies all. */
    public Builder platform(@Nullable Platform only) {
      platform = only;
      return this;
    }

    /** Copies what refers to the content too. */
    public Builder referrers(boolean too) {
      referrers = too;
      return this;
    }

    /** Moves a tag that is something else at the target, or refuses to. */
    public Builder overwrite(boolean allowed) {
      overwrite = allowed;
      return this;
    }

    /** Tells what moves. */
    public Builder progress(ProgressListener listener) {
      progress = listener;
      return this;
    }

    /** The options. */
    public CopyOptions build() {
      return new CopyOptions(concurrency, platform, referrers, overwrite, progress);
    }
  }
}
