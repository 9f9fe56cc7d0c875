package io.github.tugoci.examples;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts an artifact together in memory and pushes it: {@code PublishArtifact report.json
 * ghcr.io/acme/reports:2026-11}. The file itself stays on disk and is read while it is sent.
 */
public final class PublishArtifact {
  private static final MediaType REPORT = MediaType.parse("application/vnd.example.report");

  private PublishArtifact() {}

  public static void main(String... args) throws IOException {
    var file = Path.of(args[0]);
    var reference = Reference.parse(args[1]);
    var tag = reference.selectorOr("latest").toString();

    var store = new MemoryStore();
    var layer = Descriptor.of(MediaType.JSON, file);
    store.add(layer, Blob.of(file));
    var config = store.add(MediaType.EMPTY_JSON, Bytes.of("{}"));
    var manifest =
        ImageManifest.builder(config)
            .artifactType(REPORT)
            .layer(layer)
            .annotation("org.opencontainers.image.title", file.getFileName().toString())
            .build();
    store.tag(store.add(manifest), new Tag(tag));

    try (var client = RegistryClient.anonymous()) {
      var repository = client.repository(reference);
      var result = Copier.copy(store, tag, repository, List.of(tag), CopyOptions.defaults());
      System.out.println(repository + "@" + result.root().digest());
    }
  }
}
