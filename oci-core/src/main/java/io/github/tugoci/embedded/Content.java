package io.github.tugoci.embedded;

import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Immutable content, in memory or in a file. */
sealed interface Content {
  long size();

  InputStream open() throws IOException;

  /** Small content, whole. */
  Bytes read() throws IOException;

  /** Content in memory. */
  record InMemory(Bytes bytes) implements Content {
    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public InputStream open() {
      return bytes.open();
    }

    @Override
    public Bytes read() {
      return bytes;
    }
  }

  /** Content in a file. */
  record InFile(Path file, long size) implements Content {
    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(file);
    }

    @Override
    public Bytes read() throws IOException {
      return Bytes.of(Files.readAllBytes(file));
    }

    /** The same content under another name, which lives on when this one is deleted. */
    InFile linkTo(Path other) throws IOException {
      try {
        Files.createLink(other, file);
      } catch (UnsupportedOperationException | FileSystemException e) {
        Files.copy(file, other, StandardCopyOption.REPLACE_EXISTING);
      }
      return new InFile(other, size);
    }
  }
}
