package io.github.tugoci.helm;

/**
 * The largest chart, unpacked. All of it is held in memory.
 *
 * @param fileSize the most bytes of one file
 * @param totalSize the most bytes of all files together
 */
public record ChartLimits(long fileSize, long totalSize) {
  /** Helm 4's limit: 100 MiB in all, and so for a single file. */
  public static final ChartLimits HELM = new ChartLimits(100L << 20, 100L << 20);

  /** What Helm 3 takes of a single file; larger ones it pulls and pushes, and does not load. */
  static final long HELM_3_FILE = 5L << 20;

  /** Checks that each limit is at least 1. */
  public ChartLimits {
    if (fileSize < 1 || totalSize < 1) {
      throw new IllegalArgumentException("invalid limits: expected at least 1");
    }
  }

  /** The same with another limit for a file, which a chart as a whole may reach too. */
  public ChartLimits withFileSize(long bytes) {
    return new ChartLimits(bytes, Math.max(bytes, totalSize));
  }

  /** More files than a chart of a hundred mebibytes has any use for. */
  static final int MAX_FILES = 100_000;

  /** The most bytes of a provenance, which is a signed text of a few kilobytes. */
  public static final int MAX_PROVENANCE = 1 << 20;
}
