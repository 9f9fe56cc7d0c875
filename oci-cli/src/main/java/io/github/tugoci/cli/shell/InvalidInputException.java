package io.github.tugoci.cli.shell;

import java.nio.file.InvalidPathException;
import org.jspecify.annotations.Nullable;

/** Invalid input: a wrong option, a directory that isn't a chart. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;

  public InvalidInputException(String message, @Nullable String hint) {
    this(message, hint, null);
  }

  /** The same with what found it. */
  public InvalidInputException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What was found to be wrong, in the words of what found it. */
  public static InvalidInputException of(Exception cause, @Nullable String hint) {
    return new InvalidInputException(String.valueOf(cause.getMessage()), hint, cause);
  }

  /** A text that can't be a path on this system. */
  public static InvalidInputException ofPath(String text, InvalidPathException cause) {
    return new InvalidInputException(
        "invalid path: \"%s\": %s".formatted(text, cause.getReason()), null, cause);
  }

  public @Nullable String hint() {
    return hint;
  }
}
