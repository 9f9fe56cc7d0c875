package io.github.tugoci.examples;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Copies an image from a registry into a layout on disk: {@code MirrorToLayout ghcr.io/acme/app:1.0
 * mirror}. The other way is the same call with its sides changed.
 */
public final class MirrorToLayout {
  private MirrorToLayout() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    var layout = OciLayout.create(Path.of(args[1]));
    try (var client = RegistryClient.anonymous()) {
      var result =
          Copier.copy(
              client.repository(reference),
              reference.selectorOr("latest"),
              layout,
              reference.tag() == null ? List.of() : List.of(reference.tag()),
              CopyOptions.builder().concurrency(8).referrers(true).build());
      System.out.printf(
          "%s: %d blobs copied, %d were there%n",
          result.root().digest(), result.blobs(), result.skipped());
    }
  }
}
