package io.github.tugoci.examples;

import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;

/** Says what a reference names: {@code InspectImage ghcr.io/acme/app:1.0}. */
public final class InspectImage {
  private InspectImage() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      var selector = reference.selectorOr("latest");

      var descriptor = repository.resolve(selector);
      System.out.println("digest   " + descriptor.digest());

      var manifest = repository.manifest(descriptor.digest());
      if (manifest instanceof ImageManifest image) {
        image.layers().forEach(layer -> System.out.println("layer    " + layer.size() + " bytes"));
      } else if (manifest instanceof ImageIndex index) {
        index.manifests().forEach(child -> System.out.println("platform " + child.platform()));
      }
      System.out.println("tags     " + repository.tags().list());
    }
  }
}
