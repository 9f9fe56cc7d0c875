package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes content of a store to a stream or a file, verified; large content is hashed in another
 * thread.
 */
public final class Download {
  private Download() {}

  /**
   * Writes content to a stream. After a failure what was written is invalid.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  public static void to(OutputStream out, Descriptor descriptor, Blob body) throws IOException {
    try (var in = VerifyingInputStream.of(body.open(), descriptor)) {
      in.transferTo(out);
    }
  }

  /**
   * Writes content to a file, which is there whole or not at all. What a run that was killed has of
   * it beside the file isn't fetched again.
   *
   * @param file the file, in a directory that exists; it is replaced
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  public static void toFile(Path file, Descriptor descriptor, Blob body) throws IOException {
    var known = new AtomicLong();
    try {
      write(file, descriptor, body, known);
    } catch (InvalidContentException e) {
      if (known.get() == 0) {
        throw e;
      }
      write(file, descriptor, body, known); // what was left of it is damaged, and gone now
    }
  }

  private static void write(Path file, Descriptor descriptor, Blob body, AtomicLong known)
      throws IOException {
    AtomicFile.writeResumed(
        file,
        descriptor.digest().toString(),
        descriptor.size(),
        (out, beginning) -> {
          known.set(beginning.size());
          if (beginning.size() == 0) {
            to(out, descriptor, body);
          } else {
            continueTo(out, descriptor, body, Blob.of(beginning.size(), beginning::open));
          }
        });
  }

  /** Writes content behind its beginning, which is where the stream ends; checks all of it. */
  private static void continueTo(OutputStream out, Descriptor descriptor, Blob body, Blob beginning)
      throws IOException {
    try (var in = VerifyingInputStream.of(body.openAfter(beginning), descriptor)) {
      in.transferTo(new WithoutBeginning(out, beginning.size()));
    }
  }

  /** Passes on what comes behind a beginning. */
  private static final class WithoutBeginning extends OutputStream {
    private final OutputStream out;
    private long left;

    WithoutBeginning(OutputStream out, long beginning) {
      this.out = out;
      this.left = beginning;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int dropped = (int) Math.min(left, length);
      left -= dropped;
      out.write(bytes, offset + dropped, length - dropped);
    }
  }
}
