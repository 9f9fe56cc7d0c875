package io.github.tugoci.cli.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A temporary folder that only its owner sees, as do its files; gone when it is closed.
 *
 * @param folder where it is
 */
record DeployFiles(Path folder) implements AutoCloseable {
  static DeployFiles create() throws IOException {
    return new DeployFiles(Files.createTempDirectory("tug-deploy"));
  }

  /** A new file with this content. */
  Path file(String name, byte[] content) throws IOException {
    return Files.write(Files.createTempFile(folder, name, ""), content);
  }

  @Override
  public void close() throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
