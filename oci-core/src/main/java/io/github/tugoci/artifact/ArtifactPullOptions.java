package io.github.tugoci.artifact;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.tar.TarLimits;

/**
 * How an artifact is pulled.
 *
 * @param overwrite whether files that are there are replaced
 * @param untitled whether layers without a title are pulled too, into files of their digests' names
 * @param limits how much one folder may hold
 * @param copy how it moves
 */
public record ArtifactPullOptions(
    boolean overwrite, boolean untitled, TarLimits limits, CopyOptions copy) {
  /** The most that a folder unpacks into: 64 GiB in a million files. */
  public static final TarLimits FOLDER_LIMITS = new TarLimits(64L << 30, 64L << 30, 1_000_000);

  /** Titled layers only, replacing what is there. */
  public static ArtifactPullOptions defaults() {
    return new ArtifactPullOptions(true, false, FOLDER_LIMITS, CopyOptions.defaults());
  }

  /** The same; files that are there are replaced, or make the pull fail before it begins. */
  public ArtifactPullOptions withOverwrite(boolean allowed) {
    return new ArtifactPullOptions(allowed, untitled, limits, copy);
  }

  /** The same, with layers that have no title or without. */
  public ArtifactPullOptions withUntitled(boolean too) {
    return new ArtifactPullOptions(overwrite, too, limits, copy);
  }

  /** The same with other limits. */
  public ArtifactPullOptions withLimits(TarLimits most) {
    return new ArtifactPullOptions(overwrite, untitled, most, copy);
  }

  /** The same, moving otherwise. */
  public ArtifactPullOptions withCopy(CopyOptions how) {
    return new ArtifactPullOptions(overwrite, untitled, limits, how);
  }
}
