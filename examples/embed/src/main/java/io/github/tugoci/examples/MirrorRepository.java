package io.github.tugoci.examples;

import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopySession;
import io.github.tugoci.error.OciException;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.List;

/**
 * Copies every tag of a repository to another one, with what signs it: {@code MirrorRepository
 * ghcr.io/acme/app registry.example.com/app}. Made again, it copies what is new.
 */
public final class MirrorRepository {
  private MirrorRepository() {}

  public static void main(String... args) throws IOException {
    var options = CopyOptions.builder().referrers(true).build();
    try (var client = RegistryClient.anonymous();
        var run = CopySession.open(options)) {
      var source = client.repository(args[0]);
      var target = client.repository(args[1]);
      for (var tag : source.tags().list()) {
        if (Tag.isDigestTag(tag)) {
          continue; // goes along with what it is about
        }
        try {
          var result = run.copy(source, new Tag(tag), target, List.of(tag));
          System.out.printf("%s %s, %d blobs%n", tag, result.root().digest(), result.blobs());
        } catch (OciException e) {
          System.out.printf("%s failed: %s%n", tag, e.getMessage());
        }
      }
    }
  }
}
