package io.github.tugoci.bench;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pushes an image from a layout. */
final class PushImage {
  private PushImage() {}

  /** Pushes; fails if the registry had anything of it, as then nothing is measured. */
  static void push(Path layout, String tag, Reference to) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      var result =
          Copier.copy(
              OciLayout.open(layout),
              tag,
              client.repository(to),
              List.of("1"),
              // as many as skopeo takes
              CopyOptions.builder().concurrency(6).build());
      if (result.skipped() + result.mounted() > 0) {
        throw new IOException(to + " isn't new: " + result);
      }
    }
  }
}
