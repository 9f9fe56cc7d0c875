package io.github.tugoci.examples;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.DockerConfig;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Tries a password and stores it where Docker, Helm and others look for it: {@code LogIn ghcr.io
 * alice ~/.docker/config.json}, with the password in {@code REGISTRY_PASSWORD}.
 */
public final class LogIn {
  private LogIn() {}

  public static void main(String... args) throws IOException {
    var password = System.getenv().getOrDefault("REGISTRY_PASSWORD", "");
    logIn(args[0], args[1], password, DockerConfig.at(Path.of(args[2])));
  }

  static void logIn(String host, String user, String password, DockerConfig config)
      throws IOException {
    var credential = new Credential.Password(user, password, "the command line");
    ping(host, Keychain.of(host, credential));
    config.store(host, credential);
    // from now on the file is enough
    ping(host, config.keychain());
    System.out.println("logged in to " + host + " as " + user);
  }

  private static void ping(String host, Keychain keychain) throws IOException {
    try (var client = RegistryClient.create(TransportOptions.defaults(), keychain)) {
      client.ping(host);
    }
  }
}
