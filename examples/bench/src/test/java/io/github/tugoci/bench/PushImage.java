package io.github.tugoci.bench;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pushes an image from a layout: in this JVM, or as a program in one of its own. */
final class PushImage {
  private PushImage() {}

  public static void main(String[] args) throws IOException {
    push(Path.of(args[0]), args[1], Reference.parse(args[2]));
  }

  /** Pushes; fails if the registry had anything of it, as then nothing is measured. */
  static void push(Path layout, String tag, Reference to) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      CopyResult result =
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
