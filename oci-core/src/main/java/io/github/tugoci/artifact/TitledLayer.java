package io.github.tugoci.artifact;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer with a title, which is a file or a folder.
 *
 * @param title its path, which is safe; of a folder also {@link SafePath#HERE}, as {@code oras push
 *     REF .} writes it: what is in it goes into the destination
 * @param layer the layer
 * @param folder the digest before compression if it is a folder's archive, or null if it is a file
 */
record TitledLayer(String title, Descriptor layer, @Nullable Digest folder) {
  /**
   * The layers of an artifact that have a title. One that is listed twice is one file.
   *
   * @param all whether those without get their digests as titles
   */
  static List<TitledLayer> of(ImageManifest artifact, boolean all) throws InvalidContentException {
    var titled = new ArrayList<TitledLayer>();
    var titles = new HashMap<String, Digest>();
    for (var layer : artifact.layers()) {
      if (all || hasTitle(layer)) {
        var found = of(layer);
        var other = titles.putIfAbsent(found.title(), layer.digest());
        if (other == null) {
          titled.add(found);
        } else if (!other.equals(layer.digest())) {
          throw new InvalidContentException(
              "two layers of %s have the title \"%s\""
                  .formatted(artifact.bytes().digest(), found.title()));
        }
      }
    }
    return titled;
  }

  static boolean hasTitle(Descriptor layer) {
    return !layer.annotations().getOrDefault(Annotations.TITLE, "").isEmpty();
  }

  /** Where it goes, below the destination; empty for that itself. */
  String path() {
    return title.equals(SafePath.HERE) ? "" : title;
  }

  private static TitledLayer of(Descriptor layer) throws InvalidContentException {
    var digest = layer.digest();
    var title = layer.annotations().getOrDefault(Annotations.TITLE, "");
    var name = title.isEmpty() ? digest.algorithm() + "-" + digest.hex() : title;
    boolean folder = "true".equals(layer.annotations().get(Artifacts.UNPACK));
    var path = folder && SafePath.isHere(name) ? SafePath.HERE : SafePath.of(name);
    return new TitledLayer(path, layer, folder ? content(layer) : null);
  }

  /** ORAS writes it always; without it there is nothing to compare with. */
  private static Digest content(Descriptor layer) throws InvalidContentException {
    try {
      return Digest.parse(layer.annotations().getOrDefault(Artifacts.CONTENT_DIGEST, ""));
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException(
          "the layer %s is a folder without a valid %s"
              .formatted(layer.digest(), Artifacts.CONTENT_DIGEST),
          e);
    }
  }
}
