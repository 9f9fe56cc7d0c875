package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.error.CopySide;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.OciException;
import java.io.IOException;

/**
 * Attributes errors to the side of a copy that failed. A request and a file name their place
 * themselves; content that isn't what it should be doesn't.
 */
final class CopyErrors {
  private CopyErrors() {}

  /** Something that is read. */
  interface IoCall<T> {
    T run() throws IOException;
  }

  /** Reads from a source; failures say so. */
  static <T> T onSource(ContentSource source, IoCall<T> read) throws IOException {
    try {
      return read.run();
    } catch (InvalidContentException e) {
      throw at(source, e);
    } catch (OciException e) {
      e.attributeTo(CopySide.SOURCE);
      throw e;
    }
  }

  /** Asks or writes to a target; failures that no source caused say so. */
  static <T> T onTarget(IoCall<T> call) throws IOException {
    try {
      return call.run();
    } catch (OciException e) {
      e.attributeTo(CopySide.TARGET);
      throw e;
    }
  }

  /** Something that is looked at. */
  interface Check {
    void run() throws IOException;
  }

  static void check(ContentSource source, Check check) throws IOException {
    onSource(
        source,
        () -> {
          check.run();
          return true;
        });
  }

  /** Wrong content of a source, which the message names. */
  static InvalidContentException at(ContentSource source, InvalidContentException e) {
    var place = "source " + source;
    var message = e.getMessage();
    var named =
        message != null && message.startsWith(place)
            ? e
            : LocalSource.isLocal(source)
                ? new InvalidContentException(place + ": " + message, e)
                : InvalidContentException.received(place + ": " + message, e);
    named.attributeTo(CopySide.SOURCE);
    return named;
  }
}
