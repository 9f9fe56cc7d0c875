package io.github.tugoci.content;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A body that can be opened again and whose size is known, so that a retry, a resumed upload or a
 * second target can replay it.
 */
public interface Blob {
  /** The size in bytes. */
  long size();

  /**
   * Opens the body from its beginning; the caller closes it.
   *
   * @throws IOException if it can't be opened
   */
  InputStream open() throws IOException;

  /**
   * Opens the body from its beginning, of which the first bytes are at hand and may be used instead
   * of fetching them again; the caller closes it.
   *
   * @param beginning the first bytes, unchecked
   */
  default InputStream openAfter(Blob beginning) throws IOException {
    return open();
  }

  /**
   * The whole body, in memory.
   *
   * @param limit the most bytes that are read
   * @throws InvalidContentException if it is larger
   */
  default Bytes read(int limit) throws IOException {
    try (var in = open()) {
      var bytes = in.readNBytes(limit);
      if (bytes.length == limit && in.read() >= 0) {
        throw new InvalidContentException("a body has more than %d bytes".formatted(limit));
      }
      return Bytes.of(bytes);
    }
  }

  /**
   * The store that the body comes from, if it is in one: a registry can then mount it from there.
   */
  default Optional<ContentSource> origin() {
    return Optional.empty();
  }

  /** A body in memory. */
  static Blob of(Bytes bytes) {
    return new Blob() {
      @Override
      public long size() {
        return bytes.size();
      }

      @Override
      public InputStream open() {
        return bytes.open();
      }

      @Override
      public Bytes read(int limit) throws IOException {
        // The same bytes, which remember their digest.
        return bytes.size() <= limit ? bytes : Blob.super.read(limit);
      }
    };
  }

  /**
   * A file, which must not change while it is in use: reading one whose size has changed fails with
   * an {@link InvalidContentException}.
   *
   * @throws FileSystemException if it isn't a regular file (or {@code /dev/null}) but a directory,
   *     a pipe or a device: it is opened again for each retry
   * @throws IOException if its size can't be read
   */
  static Blob of(Path file) throws IOException {
    InputFile.requireRegular(file);
    long size = Files.size(file);
    return new Blob() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return new FileStream(file, size);
      }
    };
  }

  /**
   * A file that a descriptor was made of. Reading it fails with an {@link InvalidContentException}
   * that names it if it holds something else by then.
   */
  static Blob of(Path file, Descriptor descriptor) {
    return new Blob() {
      @Override
      public long size() {
        return descriptor.size();
      }

      @Override
      public InputStream open() throws IOException {
        var in = new FileStream(file, descriptor.size());
        return new VerifyingInputStream(in, descriptor)
            .onFailure(failure -> in.changed(String.valueOf(failure.getMessage()), failure));
      }
    };
  }

  /** Opens a body from its beginning. */
  @FunctionalInterface
  interface Opener {
    /** Opens it; the caller closes the stream. */
    InputStream open() throws IOException;
  }

  /** A body of a size that is opened in this way. */
  static Blob of(long size, Opener opener) {
    return new Blob() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return opener.open();
      }
    };
  }

  /** Another body, which a registry can mount from a store that has it too. */
  static Blob of(Blob body, ContentSource origin) {
    return new Blob() {
      @Override
      public long size() {
        return body.size();
      }

      @Override
      public InputStream open() throws IOException {
        return body.open();
      }

      @Override
      public InputStream openAfter(Blob beginning) throws IOException {
        return body.openAfter(beginning);
      }

      @Override
      public Optional<ContentSource> origin() {
        return Optional.of(origin);
      }
    };
  }

  /** Content of a store, fetched each time that it is opened. */
  static Blob of(ContentSource source, Descriptor descriptor) {
    return new Blob() {
      @Override
      public long size() {
        return descriptor.size();
      }

      @Override
      public InputStream open() throws IOException {
        return source.fetch(descriptor);
      }

      @Override
      public InputStream openAfter(Blob beginning) throws IOException {
        return RangeSource.fetch(source, descriptor, beginning);
      }

      @Override
      public Optional<ContentSource> origin() {
        return Optional.of(source);
      }
    };
  }
}
