package io.github.tugoci.helm;

/**
 * How large a chart may be, unpacked.
 *
 * @param fileSize the most bytes of one file
 * @param totalSize the most bytes of all files together
 */
public record ChartLimits(long fileSize, long totalSize) {
  /** Helm 3's limits: 5 MiB a file, 100 MiB in all. */
  public static final ChartLimits HELM = new ChartLimits(5L << 20, 100L << 20);

  /** More files than a chart of a hundred mebibytes has any use for. */
  static final int MAX_FILES = 100_000;

  /** The most bytes of a provenance, which is a signed text of a few kilobytes. */
  public static final int MAX_PROVENANCE = 1 << 20;
}
