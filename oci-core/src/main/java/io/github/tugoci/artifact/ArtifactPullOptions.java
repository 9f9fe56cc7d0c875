package io.github.tugoci.artifact;

import io.github.tugoci.copy.CopyOptions;

/**
 * Options of pulling an artifact.
 *
 * @param overwrite whether existing files are replaced; otherwise one of them makes the pull fail
 *     before anything is written
 * @param untitled whether layers without a title are pulled too, into files named by their digests
 * @param limits the largest folder, unpacked
 * @param copy how the content is copied
 */
public record ArtifactPullOptions(
    boolean overwrite, boolean untitled, FolderLimits limits, CopyOptions copy) {

  /** Titled layers only, replacing existing files. */
  public static ArtifactPullOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    return builder().overwrite(overwrite).untitled(untitled).limits(limits).copy(copy);
  }

  /** Builds options. */
  public static final class Builder {
    private boolean overwrite = true;
    private boolean untitled;
    private FolderLimits limits = FolderLimits.defaults();
    private CopyOptions copy = CopyOptions.defaults();

    private Builder() {}

    /** Replaces existing files, or fails if there is one. */
    public Builder overwrite(boolean allowed) {
      overwrite = allowed;
      return this;
    }

    /** Pulls layers without a title too. */
    public Builder untitled(boolean too) {
      untitled = too;
      return this;
    }

    /** Limits what one folder unpacks into. */
    public Builder limits(FolderLimits most) {
      limits = most;
      return this;
    }

    /** Sets how the content is copied. */
    public Builder copy(CopyOptions options) {
      copy = options;
      return this;
    }

    /** The options. */
    public ArtifactPullOptions build() {
      return new ArtifactPullOptions(overwrite, untitled, limits, copy);
    }
  }
}
