package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/**
 * A tag, a manifest, a blob or a repository isn't there. Where a registry said so, the cause is its
 * {@link RegistryException}.
 */
public final class NotFoundException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names what wasn't found and where. */
  public NotFoundException(String message) {
    this(message, null);
  }

  /** Names what wasn't found and where, with what said so. */
  public NotFoundException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
