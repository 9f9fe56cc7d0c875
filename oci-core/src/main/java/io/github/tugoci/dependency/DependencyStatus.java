package io.github.tugoci.dependency;

import java.util.Locale;

/** The status of a dependency in a chart's directory {@code charts}, in Helm's words. */
public enum DependencyStatus {
  /** An archive with a version that will do. */
  OK,
  /** A directory, or an archive of an unusual name, with a version that will do. */
  UNPACKED,
  /** Nothing. */
  MISSING,
  /** A version that won't do. */
  WRONG_VERSION,
  /** No version or constraint is wanted, or what is there has no version. */
  INVALID_VERSION,
  /** Archives of several versions. */
  TOO_MANY_MATCHES,
  /** An archive that can't be read. */
  CORRUPT,
  /** An archive with another chart than its name says. */
  MISNAMED;

  /** As Helm writes it: {@code wrong version}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
