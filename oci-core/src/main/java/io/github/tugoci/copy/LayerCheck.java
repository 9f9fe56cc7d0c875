package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Compares local layers with an image's {@code diff_ids}. A layer that isn't compressed has the
 * same digest twice, which costs nothing to see. Others must be unpacked: gzip's are, the smallest
 * first, up to a limit for each image. That finds layers in a wrong order and another image's
 * configuration without unpacking gigabytes.
 */
final class LayerCheck {
  /** What is unpacked takes some tenths of a second. */
  private static final long MAX_UNPACKED = 32L << 20;

  private static final int BUFFER = 1 << 16;
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final List<byte[]> COMPRESSED =
      List.of(
          GZIP,
          new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, // zstd
          new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z'},
          new byte[] {'B', 'Z', 'h'});
  private static final Set<MediaType> PLAIN = Set.of(MediaType.OCI_LAYER, MediaType.DOCKER_LAYER);
  private static final Set<MediaType> GZIPPED =
      Set.of(MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP);

  private final Layers layers;
  private final ImageManifest image;
  private long left = MAX_UNPACKED;

  /** Where layers are found without a request. */
  @FunctionalInterface
  interface Layers {
    /** The layer's body, if it is at hand. */
    Optional<Blob> find(Descriptor layer) throws IOException;
  }

  private LayerCheck(Layers layers, ImageManifest image) {
    this.layers = layers;
    this.image = image;
  }

  /**
   * Those in files of this machine. What is in memory this program has packed itself, and what is
   * missing the target may have; if not, the copy says so.
   */
  static Layers inFiles(ContentSource source) {
    return layer -> {
      try {
        var body = BlobSource.blob(source, layer);
        var origin = body.origin().orElse(source);
        return Optional.of(body)
            .filter(found -> LocalSource.isLocal(origin) && !(origin instanceof MemoryStore));
      } catch (NotFoundException e) {
        return Optional.empty();
      }
    };
  }

  /**
   * Compares what can be.
   *
   * @param diffIds one for each layer, or none
   * @throws InvalidContentException if a layer is other content than the configuration says
   */
  static void check(Layers found, ImageManifest image, List<Digest> diffIds) throws IOException {
    var check = new LayerCheck(found, image);
    var layers = image.layers();
    // By plain comparisons: a class archive can't hold the lambdas of Comparator.comparingLong.
    var bySize = new ArrayList<Integer>();
    for (int i = 0; i < diffIds.size(); i++) {
      bySize.add(i);
    }
    bySize.sort((one, other) -> Long.compare(layers.get(one).size(), layers.get(other).size()));
    for (int i : bySize) {
      check.check(layers.get(i), diffIds.get(i));
    }
  }

  private void check(Descriptor layer, Digest diffId) throws IOException {
    boolean plain = PLAIN.contains(layer.mediaType());
    if ((!plain && !GZIPPED.contains(layer.mediaType())) || layer.digest().equals(diffId)) {
      return;
    }
    var body = layers.find(layer);
    if (body.isPresent()) {
      check(layer, diffId, body.get());
    }
  }

  private void check(Descriptor layer, Digest diffId, Blob body) throws IOException {
    var beginning = beginning(body);
    if (startsWith(beginning, GZIP)) {
      var actual = unpacked(layer, body, diffId.algorithm());
      if (actual.isPresent() && !actual.get().equals(diffId)) {
        throw wrong(layer, diffId, "it unpacks to " + actual.get());
      }
    } else if (PLAIN.contains(layer.mediaType())
        && layer.digest().algorithm() == diffId.algorithm()
        && COMPRESSED.stream().noneMatch(magic -> startsWith(beginning, magic))) {
      throw wrong(layer, diffId, "it is another one, not compressed");
    }
  }

  private static byte[] beginning(Blob body) throws IOException {
    try (var in = body.open()) {
      return in.readNBytes(Math.toIntExact(Math.min(8, Math.max(0, body.size() - 1))));
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** The digest of what is in it, if there is not too much. */
  private Optional<Digest> unpacked(Descriptor layer, Blob body, Digest.Algorithm algorithm)
      throws IOException {
    if (layer.size() > left) {
      return Optional.empty();
    }
    var hash = algorithm.newHash();
    var buffer = new byte[BUFFER];
    try (InputStream in = body.open();
        var gzip = new GZIPInputStream(in, BUFFER)) {
      for (int read = gzip.read(buffer); read >= 0; read = gzip.read(buffer)) {
        left -= read;
        if (left < 0) {
          return Optional.empty();
        }
        hash.update(buffer, 0, read);
      }
    } catch (ZipException | EOFException e) {
      throw new InvalidContentException(
          "image %s: cannot unpack layer %s: %s"
              .formatted(image.descriptor().digest(), layer.digest(), e.getMessage()),
          e);
    }
    return Optional.of(algorithm.digest(hash));
  }

  private InvalidContentException wrong(Descriptor layer, Digest diffId, String fault) {
    return new InvalidContentException(
        "image %s: by its configuration the layer %s is %s, but %s"
            .formatted(image.descriptor().digest(), layer.digest(), diffId, fault));
  }
}
