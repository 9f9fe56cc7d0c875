package io.github.tugoci.cli.shell;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure that knows how the command ends by it: another program failed, a lock is held. */
public final class FailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /**
   * Says what failed.
   *
   * @param context lines that show it more closely, such as what a program said
   * @param hint what to do, or null
   */
  public FailedException(
      ExitCode exit, String message, List<String> context, @Nullable String hint) {
    super(message);
    this.failure = Failure.of(exit, message, hint).withContext(context);
  }

  /** The same without such lines. */
  public FailedException(ExitCode exit, String message, @Nullable String hint) {
    this(exit, message, List.of(), hint);
  }

  Failure failure() {
    return failure;
  }
}
