package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Moves content out of a store, checked, at the best speed; big content hashes in a thread. */
public final class Download {
  private Download() {}

  /**
   * Writes content to a stream. After a failure what was written is worthless.
   *
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  public static void to(OutputStream out, Descriptor descriptor, Blob body) throws IOException {
    try (var in = VerifyingInputStream.of(body.open(), descriptor)) {
      in.transferTo(out);
    }
  }

  /**
   * Writes content to a file, which is there whole or not at all.
   *
   * @param file the file, in a directory that exists; it is replaced
   * @throws InvalidContentException if the body doesn't match the descriptor
   */
  public static void toFile(Path file, Descriptor descriptor, Blob body) throws IOException {
    AtomicFile.write(file, out -> to(out, descriptor, body));
  }
}
