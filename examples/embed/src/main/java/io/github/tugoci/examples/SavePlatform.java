package io.github.tugoci.examples;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.client.Stores;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Saves the image for one platform, from wherever it is, as a layout in a tar: {@code SavePlatform
 * ghcr.io/acme/app:1.0 linux/arm64 app.tar}.
 */
public final class SavePlatform {
  private SavePlatform() {}

  public static void main(String... args) throws IOException {
    var wanted = Platform.parse(args[1]);
    try (var client = RegistryClient.anonymous();
        var source = Stores.of(client).open(Location.parse(args[0]), List.of(wanted))) {
      var store = source.store();
      var root = source.root();
      if (root.manifest() instanceof ImageIndex index) {
        System.out.println("for " + PlatformSelector.platforms(store, index));
      }
      var image = PlatformSelector.select(store, root, wanted);
      var tags = source.tag().map(List::of).orElse(List.of());
      OciArchive.write(
          Path.of(args[2]),
          target -> Copier.copy(store, image, target, tags, CopyOptions.defaults()));
      System.out.println("saved " + image.descriptor().digest());
    }
  }
}
