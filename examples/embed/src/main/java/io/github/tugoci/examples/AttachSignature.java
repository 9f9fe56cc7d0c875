package io.github.tugoci.examples;

import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.artifact.ReferrerTree;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Attaches a file to an image and shows what is attached: {@code AttachSignature
 * ghcr.io/acme/app:1.0 app.sig}. It works on registries without the referrers API too.
 */
public final class AttachSignature {
  private static final MediaType SIGNATURE = MediaType.parse("application/vnd.example.signature");

  private AttachSignature() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    var file = ArtifactFile.of(Path.of(args[1]));
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      var subject = repository.resolve(reference.selectorOr("latest"));
      var options = ArtifactPushOptions.builder().artifactType(SIGNATURE).subject(subject).build();
      Artifacts.push(repository, List.of(file), List.of(), options);
      print(ReferrerTree.read(repository, subject), "");
    }
  }

  private static void print(ReferrerTree tree, String indent) {
    System.out.println(indent + tree.manifest().digest());
    tree.referrers().forEach(referrer -> print(referrer, indent + "  "));
  }
}
