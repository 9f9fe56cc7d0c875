package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.error.InvalidContentException;
import java.io.IOException;

/**
 * Which side of a copy is at fault. A request and a file name their place themselves; content that
 * isn't what it should be doesn't.
 */
final class CopyErrors {
  private CopyErrors() {}

  /** Something that is read. */
  interface IoCall<T> {
    T run() throws IOException;
  }

  static <T> T onSource(ContentSource source, IoCall<T> read) throws IOException {
    try {
      return read.run();
    } catch (InvalidContentException e) {
      throw at(source, e);
    }
  }

  /** Something that is looked at. */
  interface Check {
    void run() throws IOException;
  }

  static void check(ContentSource source, Check check) throws IOException {
    try {
      check.run();
    } catch (InvalidContentException e) {
      throw at(source, e);
    }
  }

  static InvalidContentException at(ContentSource source, InvalidContentException e) {
    var place = "source " + source;
    var message = e.getMessage();
    if (message != null && message.startsWith(place)) {
      return e;
    }
    var full = place + ": " + message;
    return LocalSource.isLocal(source)
        ? new InvalidContentException(full, e)
        : InvalidContentException.received(full, e);
  }
}
