package io.github.tugoci.cli.deploy;

import io.github.tugoci.file.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary folder that only its owner sees, as do its files; gone when it is closed, or by the
 * next one if this process is killed.
 *
 * @param scratch where it is
 */
record DeployFiles(ScratchDirectory scratch) implements AutoCloseable {
  static DeployFiles create() throws IOException {
    return new DeployFiles(ScratchDirectory.temporary());
  }

  Path folder() {
    return scratch.path();
  }

  /** A new file with this content. */
  Path file(String name, byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder(), name, ""), content);
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
