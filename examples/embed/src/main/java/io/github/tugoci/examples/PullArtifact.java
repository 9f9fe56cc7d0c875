package io.github.tugoci.examples;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Pulls an artifact's files into a folder, where nothing of it can get out of: {@code PullArtifact
 * ghcr.io/acme/docs:1.0 docs}.
 */
public final class PullArtifact {
  private PullArtifact() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var pulled =
          Artifacts.pull(
              client.repository(reference),
              reference.selectorOr("latest"),
              Path.of(args[1]),
              ArtifactPullOptions.defaults());
      for (var file : pulled.files()) {
        System.out.printf("%s, %s%n", file.path(), file.layer().mediaType());
      }
    }
  }
}
