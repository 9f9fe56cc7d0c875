package io.github.tugoci.artifact;

import io.github.tugoci.tar.TarLimits;

/**
 * The largest folder that a pull unpacks, so that a small archive can't fill the disk.
 *
 * @param fileSize the most bytes of one file
 * @param totalSize the most bytes of all files together
 * @param entries the most files, directories and links
 */
public record FolderLimits(long fileSize, long totalSize, int entries) {
  /** Checks that the numbers are positive. */
  public FolderLimits {
    if (fileSize < 1 || totalSize < 1 || entries < 1) {
      throw new IllegalArgumentException(
          "invalid limits %d, %d, %d: expected at least 1".formatted(fileSize, totalSize, entries));
    }
  }

  /** 64 GiB in a million files. */
  public static FolderLimits defaults() {
    return new FolderLimits(64L << 30, 64L << 30, 1_000_000);
  }

  TarLimits tar() {
    return new TarLimits(fileSize, totalSize, entries);
  }
}
