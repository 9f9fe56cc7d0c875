package io.github.tugoci.examples;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.Optional;

/**
 * Pushes an image that the program carries as a layout among its resources, such as in its jar:
 * {@code PushBundledImage FOLDER TAG REPOSITORY}.
 */
public final class PushBundledImage {
  private PushBundledImage() {}

  public static void main(String... args) throws IOException {
    var resources = Thread.currentThread().getContextClassLoader();
    var layout =
        LayoutSource.of(
            path -> Optional.ofNullable(resources.getResourceAsStream(args[0] + "/" + path)),
            "the program's " + args[0]);
    layout.check();
    try (var client = RegistryClient.anonymous()) {
      var target = client.repository(Reference.parse(args[2]));
      System.out.println("pushed " + Copier.copy(layout, args[1], target).root().digest());
    }
  }
}
