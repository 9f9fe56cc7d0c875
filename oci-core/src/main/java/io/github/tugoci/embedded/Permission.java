package io.github.tugoci.embedded;

import java.util.Locale;

/** A permission of a user in a repository. */
public enum Permission {
  /** Read content, tags and referrers. */
  PULL,
  /** Write content and tags. */
  PUSH,
  /** Delete content and tags. */
  DELETE;

  /** The action's name in a token's scope. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
