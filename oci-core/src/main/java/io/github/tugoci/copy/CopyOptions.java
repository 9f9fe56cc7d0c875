package io.github.tugoci.copy;

import io.github.tugoci.content.ProgressListener;
import io.github.tugoci.model.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a copy is made.
 *
 * @param concurrency how many pieces move at once, at least 1
 * @param platforms the images of an index to copy: one is copied alone, several under an index of
 *     their own; none stands for all
 * @param referrers whether what refers to the content (signatures, attestations) is copied too
 * @param foreignLayers whether layers that may not be distributed are copied too
 * @param overwrite whether a tag that is something else at the target moves
 * @param progress hears what moves
 */
public record CopyOptions(
    int concurrency,
    List<Platform> platforms,
    boolean referrers,
    boolean foreignLayers,
    boolean overwrite,
    ProgressListener progress) {

  /** Checks the number and copies the list. */
  public CopyOptions {
    if (concurrency < 1) {
      throw new IllegalArgumentException("at least one piece must move at once");
    }
    platforms = List.copyOf(platforms);
  }

  /** Everything, five pieces at once. */
  public static CopyOptions defaults() {
    return builder().build();
  }

  /** Options to be changed, from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Options to be changed, from these. */
  public Builder toBuilder() {
    return builder()
        .concurrency(concurrency)
        .platforms(platforms)
        .referrers(referrers)
        .foreignLayers(foreignLayers)
        .overwrite(overwrite)
        .progress(progress);
  }

  /** Puts options together. */
  public static final class Builder {
    private int concurrency = 5;
    private List<Platform> platforms = List.of();
    private boolean referrers;
    private boolean foreignLayers;
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
      return platforms(only == null ? List.of() : List.of(only));
    }

    /** Copies these images of an index; none stands for all. */
    public Builder platforms(List<Platform> only) {
      platforms = only;
      return this;
    }

    /** Copies what refers to the content too. */
    public Builder referrers(boolean too) {
      referrers = too;
      return this;
    }

    /** Copies layers too that may not be distributed, if the source has them. */
    public Builder foreignLayers(boolean too) {
      foreignLayers = too;
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
      return new CopyOptions(concurrency, platforms, referrers, foreignLayers, overwrite, progress);
    }
  }
}
