package io.github.tugoci.cli.shell;

import java.util.Locale;

/** How a command ended, as scripts see it. The numbers are part of the command's contract. */
public enum ExitCode {
  /** It did what was asked. */
  OK(0),
  /** Another failure: the local disk, a limit of this program. */
  FAILED(1),
  /** The command line or the input is invalid. */
  INVALID_INPUT(2),
  /** What was asked for isn't there. */
  NOT_FOUND(3),
  /** Not authenticated, or not allowed. */
  DENIED(4),
  /** Content doesn't match its digest, its signature or a limit. */
  INVALID_CONTENT(5),
  /** The network, a server error or a timeout, after the retries. */
  NETWORK(6),
  /** The registry asks to wait longer than was allowed. */
  RATE_LIMITED(7),
  /** It exists and was not to be overwritten. */
  EXISTS(8),
  /** It was interrupted. */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process's exit status. */
  public int status() {
    return status;
  }

  /** The word for it in JSON: {@code not-found}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
