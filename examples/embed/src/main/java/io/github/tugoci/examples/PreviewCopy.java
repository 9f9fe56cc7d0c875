package io.github.tugoci.examples;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.DryRunTarget;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;

/**
 * Tells what a copy would move, and moves nothing: {@code PreviewCopy ghcr.io/acme/app:1.0
 * registry.example.com/mirror/app}.
 */
public final class PreviewCopy {
  private PreviewCopy() {}

  public static void main(String... args) throws IOException {
    var from = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var target = DryRunTarget.of(client.repository(args[1]));
      var result =
          Copier.copy(client.repository(from), from.selectorOr("latest").toString(), target);
      System.out.printf(
          "%d blobs to send, %d to mount, %d already present%n",
          result.blobs(), result.mounted(), result.skipped());
    }
  }
}
