package io.github.tugoci.examples;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.image.IndexBuilder;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Puts images for several platforms under one name: {@code CreateIndex ghcr.io/acme/app:1.0
 * ghcr.io/acme/app:amd64 ghcr.io/acme/app:arm64}.
 */
public final class CreateIndex {
  private CreateIndex() {}

  public static void main(String... args) throws IOException {
    var target = Reference.parse(args[0]);
    try (var client = RegistryClient.anonymous()) {
      var index = new IndexBuilder();
      for (var name : Arrays.asList(args).subList(1, args.length)) {
        var reference = Reference.parse(name);
        var repository = client.repository(reference);
        index.add(repository, repository.manifest(reference.selectorOr("latest")));
      }
      var tags = List.of(target.selectorOr("latest").toString());
      index.copy(client.repository(target), tags, CopyOptions.defaults());
      index.index().manifests().forEach(entry -> System.out.println("has " + entry.platform()));
    }
  }
}
