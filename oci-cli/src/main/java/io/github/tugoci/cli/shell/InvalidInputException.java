package io.github.tugoci.cli.shell;

import org.jspecify.annotations.Nullable;

/** What was asked for can't be meant so: a wrong option, a directory that is no chart. */
public final class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String hint;

  /** Says what is wrong and, if there is something to do, what. */
  public InvalidInputException(String message, @Nullable String hint) {
    this(message, hint, null);
  }

  /** The same with what found it. */
  public InvalidInputException(String message, @Nullable String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do instead, or null. */
  public @Nullable String hint() {
    return hint;
  }
}
