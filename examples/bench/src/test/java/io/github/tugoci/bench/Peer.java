package io.github.tugoci.bench;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.DockerRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * A registry that is measured. Each start is a new and empty one that keeps its content on disk.
 */
enum Peer {
  MEMORY("EmbeddedRegistry, in memory") {
    @Override
    Running start(Path folder) throws IOException {
      var registry = EmbeddedRegistry.start();
      return new Running(registry.uri(), registry);
    }
  },
  FOLDER("EmbeddedRegistry, in a folder") {
    @Override
    Running start(Path folder) throws IOException {
      var registry =
          EmbeddedRegistry.start(EmbeddedRegistryOptions.builder().folder(folder).build());
      return new Running(registry.uri(), registry);
    }
  },
  DOCKER("docker-registry") {
    @Override
    Running start(Path folder) throws IOException, InterruptedException {
      var registry = DockerRegistry.builder().build().start();
      return new Running(registry.uri(), registry);
    }
  };

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  /** Starts it; the folder is for those that don't bring their own. */
  abstract Running start(Path folder) throws IOException, InterruptedException;

  @Override
  public String toString() {
    return label;
  }

  /** A registry that runs until it is closed. */
  record Running(URI uri, AutoCloseable registry) implements AutoCloseable {
    String host() {
      return uri.getAuthority();
    }

    @Override
    public void close() throws IOException {
      try {
        registry.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
