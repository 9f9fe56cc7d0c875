package io.github.tugoci.examples;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Saves an image for {@code docker load}, no daemon needed: {@code SaveForDocker
 * ghcr.io/acme/app:1.0 app.tar linux/amd64}.
 */
public final class SaveForDocker {
  private SaveForDocker() {}

  public static void main(String... args) throws IOException {
    var reference = Reference.parse(args[0]);
    var options = CopyOptions.builder().concurrency(1).platform(Platform.parse(args[2])).build();
    try (var client = RegistryClient.anonymous()) {
      var result =
          DockerArchive.write(
              Path.of(args[1]),
              archive ->
                  Copier.copy(
                      client.repository(reference),
                      reference.selectorOr("latest"),
                      archive,
                      List.of(reference.toString()),
                      options));
      System.out.println(result.root().digest());
    }
  }
}
