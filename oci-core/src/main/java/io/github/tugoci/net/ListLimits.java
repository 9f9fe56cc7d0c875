package io.github.tugoci.net;

/**
 * Limits of the lists that a registry sends, above which a list counts as endless: tags, referrers,
 * versions.
 *
 * @param pages the most pages
 * @param entries the most entries of all pages
 */
public record ListLimits(int pages, int entries) {

  /** Checks the numbers. */
  public ListLimits {
    if (pages < 1 || entries < 1) {
      throw new IllegalArgumentException(
          "limits of a list are at least 1: %d pages, %d entries".formatted(pages, entries));
    }
  }

  /**
   * 10,000 pages, which are a million entries where a registry sends a hundred at a time, as the
   * frugal ones do; and a million entries: the largest public repositories have some hundred
   * thousand.
   */
  public static ListLimits defaults() {
    return new ListLimits(10_000, 1_000_000);
  }
}
