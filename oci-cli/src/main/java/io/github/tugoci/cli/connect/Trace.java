package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.RequestListener;
import java.time.Duration;

/**
 * Writes each request in a line, with {@code -vv}.
 *
 * @param output where to
 */
record Trace(Output output) implements RequestListener {
  @Override
  public void exchanged(RequestLine request, int status, Duration took, String note) {
    if (!output.tracing()) {
      return;
    }
    output.trace(
        "> %s %s %d ms%s"
            .formatted(
                request,
                status == NO_STATUS ? "failed" : String.valueOf(status),
                took.toMillis(),
                note.isEmpty() ? "" : " " + note));
  }
}
