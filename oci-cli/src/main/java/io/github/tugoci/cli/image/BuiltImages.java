package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.image.BuiltImage;
import io.github.tugoci.image.IndexBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was built: an image, or one for each platform, which an index holds together. */
final class BuiltImages implements AutoCloseable {
  private final List<BuiltImage> images = new ArrayList<>();

  void add(BuiltImage image) {
    images.add(image);
  }

  /**
   * Copies the image, or the images and their index.
   *
   * @param annotations the index's
   * @throws InvalidInputException if two images are for the same platform
   */
  CopyResult copy(
      ContentTarget target, List<String> tags, Map<String, String> annotations, CopyOptions options)
      throws IOException {
    if (images.size() == 1) {
      var image = images.get(0);
      return Copier.copy(image.source(), image.root(), target, tags, options);
    }
    var index = new IndexBuilder();
    for (var image : images) {
      try {
        index.add(image.source(), image.manifest());
      } catch (IllegalArgumentException e) {
        throw InvalidInputException.of(e, "name each platform once");
      }
    }
    annotations.forEach(index::annotation);
    return index.copy(target, tags, options);
  }

  @Override
  public void close() throws IOException {
    for (var image : images) {
      image.close();
    }
  }
}
