package io.github.tugoci.error;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something about OCI content or a registry failed. The subclasses say what a caller can do about
 * it; failures of the local disk stay plain {@link IOException}s.
 */
public abstract sealed class OciException extends IOException
    permits AlreadyExistsException,
        AuthenticationException,
        InvalidContentException,
        NetworkException,
        NotFoundException,
        RegistryException {
  private static final long serialVersionUID = 1L;

  OciException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
