package io.github.tugoci.tar;

/**
 * The limits of a reader, so that a small archive can't unpack into something that fills memory or
 * disk.
 *
 * @param fileSize the most bytes of one file
 * @param totalSize the most bytes of all files together
 * @param entries the most entries
 */
public record TarLimits(long fileSize, long totalSize, int entries) {
  /** No bound on files; what an entry says about itself is bounded all the same. */
  public static final TarLimits NONE =
      new TarLimits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);

  /** Checks that sizes are not negative, and that there may be an entry. */
  public TarLimits {
    if (fileSize < 0 || totalSize < 0 || entries < 1) {
      throw new IllegalArgumentException("invalid limits: a negative size, or no entries");
    }
  }
}
