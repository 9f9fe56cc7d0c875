package io.github.tugoci.error;

import org.jspecify.annotations.Nullable;

/**
 * A registry or its token server wants a credential, refuses the one it got, or denies the
 * operation; or a credential's source is broken. The message names the source of the credential
 * that was used; the cause, where a server answered, is its {@link RegistryException}.
 */
public final class AuthenticationException extends OciException {
  private static final long serialVersionUID = 1L;

  /** Names what was refused and the source of the credential. */
  public AuthenticationException(String message) {
    this(message, null);
  }

  /**
   * Names what was refused and the source of the credential, with the server's answer as the cause.
   */
  public AuthenticationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
