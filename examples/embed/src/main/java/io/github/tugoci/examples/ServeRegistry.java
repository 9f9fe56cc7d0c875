package io.github.tugoci.examples;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Serves a folder as a registry: {@code ServeRegistry FOLDER}. A real program would wait here; this
 * one asks its registry whether it is one, and ends.
 */
public final class ServeRegistry {
  private ServeRegistry() {}

  public static void main(String... args) throws IOException {
    var options =
        EmbeddedRegistryOptions.builder()
            .folder(Path.of(args[0]))
            .requestListener(request -> System.out.println("served " + request))
            .build();
    try (var registry = EmbeddedRegistry.start(options);
        var client = RegistryClient.anonymous()) {
      System.out.println("listening at " + registry.uri());
      client.ping(registry.host());
    }
  }
}
