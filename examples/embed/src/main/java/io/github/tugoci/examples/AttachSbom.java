package io.github.tugoci.examples;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Attaches an SBOM to an image, and finds all SBOMs of it by their type: {@code AttachSbom
 * ghcr.io/acme/app:1.0 sbom.json}.
 */
public final class AttachSbom {
  private static final MediaType SBOM = MediaType.parse("application/vnd.cyclonedx+json");

  private AttachSbom() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      var image = repository.resolve(reference.selectorOr("latest"));
      Artifacts.push(
          repository,
          List.of(ArtifactFile.of(Path.of(args[1])).withMediaType(SBOM)),
          List.of(),
          ArtifactPushOptions.builder().artifactType(SBOM).subject(image).build());

      for (var found : repository.referrers().list(image.digest(), SBOM)) {
        if (repository.manifest(found.digest()) instanceof ImageManifest manifest) {
          for (var file : manifest.layers()) {
            System.out.println(found.digest() + " has " + file.size() + " bytes of SBOM");
          }
        }
      }
    }
  }
}
