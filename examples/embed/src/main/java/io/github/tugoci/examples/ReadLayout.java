package io.github.tugoci.examples;

import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Path;

/** Lists what a layout holds: {@code ReadLayout DIRECTORY}. */
public final class ReadLayout {
  private ReadLayout() {}

  public static void main(String... args) throws IOException {
    var layout = OciLayout.open(Path.of(args[0]));
    for (var tag : layout.tags()) {
      var manifest = layout.manifest(new Tag(tag));
      System.out.printf(
          "%s %s, %d parts%n", tag, manifest.descriptor().digest(), manifest.children().size());
    }
  }
}
