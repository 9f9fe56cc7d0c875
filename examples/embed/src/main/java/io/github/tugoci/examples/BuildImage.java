package io.github.tugoci.examples;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.image.BaseImage;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.image.Layer;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts a directory on a base image, without Docker: {@code BuildImage ghcr.io/acme/base:1 build/app
 * ghcr.io/acme/app:1.0}. With {@code -} as base there is nothing below.
 */
public final class BuildImage {
  private static final Platform PLATFORM = Platform.parse("linux/amd64");

  private BuildImage() {}

  public static void main(String... args) throws IOException {
    var target = Reference.parse(args[2]);
    try (var client = RegistryClient.anonymous()) {
      var builder = args[0].equals("-") ? ImageBuilder.onNothing(PLATFORM) : on(client, args[0]);
      builder.layer(Layer.ofDirectory(Path.of(args[1]), "/app")).entrypoint(List.of("/app/run"));
      try (var image = builder.build()) {
        var tags = List.of(target.selectorOr("latest").toString());
        Copier.copy(
            image.source(), image.root(), client.repository(target), tags, CopyOptions.defaults());
        System.out.println("built " + image.manifest().bytes().digest());
      }
    }
  }

  private static ImageBuilder on(RegistryClient client, String name) throws IOException {
    var reference = Reference.parse(name);
    var repository = client.repository(reference);
    var root = repository.manifest(reference.selectorOr("latest"));
    return ImageBuilder.on(BaseImage.open(repository, root, PLATFORM).named(name));
  }
}
