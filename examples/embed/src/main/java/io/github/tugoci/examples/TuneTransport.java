package io.github.tugoci.examples;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.time.Duration;

/**
 * Asks a registry with other limits than usual, and shows each request: {@code TuneTransport HOST}.
 */
public final class TuneTransport {
  private TuneTransport() {}

  public static void main(String... args) throws IOException {
    var options =
        TransportOptions.builder()
            .connectTimeout(Duration.ofSeconds(3))
            .readTimeout(Duration.ofSeconds(20))
            .retryPolicy(RetryPolicy.defaults().withRetries(2))
            .warnings(warning -> System.err.println("warning: " + warning))
            .requestListener(
                (request, status, took, note) ->
                    System.out.println(request + " " + status + " " + took.toMillis() + " ms"))
            .userAgent("shop-release/1.0")
            .build();
    try (var client = RegistryClient.create(options, Keychain.ANONYMOUS)) {
      client.ping(args[0]);
      System.out.println(args[0] + " is a registry");
    }
  }
}
