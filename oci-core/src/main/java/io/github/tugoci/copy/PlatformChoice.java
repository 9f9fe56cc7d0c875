package io.github.tugoci.copy;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.stream.Collectors;

/** Finds the image for a platform in an index (image-spec, image-index.md). */
final class PlatformChoice {
  private static final int MAX_DEPTH = 4;

  private PlatformChoice() {}

  /** The image's manifest; a root that is no index is taken as it is. */
  static Node choose(ContentSource source, Node root, Platform wanted, String reference)
      throws IOException {
    var node = root;
    for (int depth = 0; depth < MAX_DEPTH && node.manifest() instanceof ImageIndex index; depth++) {
      var child = find(index, wanted, reference);
      node = new Node(child.plain(), source.manifest(child));
    }
    return node;
  }

  private static Descriptor find(ImageIndex index, Platform wanted, String reference)
      throws NotFoundException {
    return index.manifests().stream()
        .filter(child -> child.platform() != null && child.platform().serves(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new NotFoundException(
                    "%s has no image for %s, but for %s"
                        .formatted(reference, wanted, platforms(index))));
  }

  private static String platforms(ImageIndex index) {
    var named =
        index.manifests().stream()
            .map(Descriptor::platform)
            .filter(platform -> platform != null && !platform.os().equals("unknown"))
            .map(Platform::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    return named.isEmpty() ? "none" : named;
  }
}
