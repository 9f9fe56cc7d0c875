package io.github.tugoci.error;

import io.github.tugoci.text.SafeText;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of OCI content, of a chart or of a registry. The subclass says what a caller can do
 * about it. Failures of the local disk stay plain {@link IOException}s; a wrong argument is an
 * {@link IllegalArgumentException}.
 */
public abstract sealed class OciException extends IOException
    permits AlreadyExistsException,
        AuthenticationException,
        InvalidChartException,
        InvalidContentException,
        InvalidLayerException,
        InvalidValuesException,
        InvalidVersionException,
        InvalidYamlException,
        NetworkException,
        NotFoundException,
        RegistryException {
  private static final long serialVersionUID = 1L;

  private @Nullable CopySide side;

  OciException(String message, @Nullable Throwable cause) {
    super(SafeText.redact(SafeText.escape(message)), cause);
  }

  /** The side of a copy at which it failed; empty if it wasn't a copy, or neither side failed. */
  public final Optional<CopySide> side() {
    return Optional.ofNullable(side);
  }

  /** Sets the side of a copy that failed. The first call wins. */
  public final void attributeTo(CopySide failed) {
    side = side == null ? failed : side;
  }

  /**
   * Whether a failure is an interrupted thread's, which wants to stop. A time-out isn't, though
   * Java makes it a kind of {@link InterruptedIOException}.
   */
  public static boolean isInterruption(@Nullable Throwable failure) {
    return failure instanceof ClosedByInterruptException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }
}
