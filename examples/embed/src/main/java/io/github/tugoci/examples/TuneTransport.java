package io.github.tugoci.examples;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.HostMemoryFile;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks a registry with other limits than usual, shows each request, and keeps what it learns for
 * the next process: {@code TuneTransport HOST hosts.json}.
 */
public final class TuneTransport {
  private TuneTransport() {}

  public static void main(String... args) throws IOException {
    var memory = HostMemoryFile.open(Path.of(args[1]));
    var options =
        TransportOptions.builder()
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(Duration.ofSeconds(20))
            .retryPolicy(RetryPolicy.defaults().withRetries(2))
            .warnings(warning -> System.err.println("warning: " + warning))
            .requestListener(
                (request, status, took, note) ->
                    System.out.println(request + " " + status + " " + took.toMillis() + " ms"))
            .hostMemory(memory)
            .userAgent("shop-release/1.0")
            .build();
    try (var client = RegistryClient.create(options, Keychain.ANONYMOUS)) {
      client.ping(args[0]);
      System.out.println(args[0] + " is a registry");
    }
    memory.save();
  }
}
