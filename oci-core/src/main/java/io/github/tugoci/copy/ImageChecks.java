package io.github.tugoci.copy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.copy.Graph.Node;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compares the images of a copy with their configurations, where that is cheap: no copy sends a
 * request for it.
 *
 * <ul>
 *   <li>A configuration that is on this machine is read before anything moves, and layers with it
 *       as far as {@link LayerCheck} goes.
 *   <li>One that comes from a registry is looked at as it passes, before the manifest that names it
 *       is pushed; so are its image's smallest layers, up to {@link #MAX_KEPT} in all.
 *   <li>One that a registry has already, or takes from another repository, isn't read.
 * </ul>
 */
final class ImageChecks {
  private static final int MAX_CONFIG = Manifest.MAX_SIZE;

  /** Layers that are kept in memory as they pass: those by which most images can be told apart. */
  private static final long MAX_KEPT = 4L << 20;

  private final ContentSource source;
  private final ContentTarget target;
  private final Set<Digest> awaited = ConcurrentHashMap.newKeySet();
  private final Map<Digest, Bytes> passed = new ConcurrentHashMap<>();
  private long keepable = MAX_KEPT;

  ImageChecks(ContentSource source, ContentTarget target) {
    this.source = source;
    this.target = target;
  }

  /**
   * Checks the images whose configurations are at hand; of the others, those are kept that pass.
   *
   * @throws InvalidContentException if an image's two descriptions contradict each other
   */
  void begin(Iterable<Node> nodes) throws IOException {
    for (var node : nodes) {
      if (node.manifest() instanceof ImageManifest image && ImageValidator.isImage(image)) {
        var config = atHand(image.config());
        if (config.isPresent()) {
          CopyErrors.check(
              source, () -> checkLayers(LayerCheck.inFiles(source), image, config.get()));
          if (!LocalSource.isLocal(source)) {
            passed.put(image.config().digest(), config.get());
          }
        } else if (image.config().size() <= MAX_CONFIG) {
          awaited.add(image.config().digest());
        }
        if (!LocalSource.isLocal(source)) {
          awaitLayers(image);
        }
      }
    }
  }

  private static void checkLayers(LayerCheck.Layers layers, ImageManifest image, Bytes config)
      throws IOException {
    LayerCheck.check(layers, image, ImageValidator.diffIds(image, config));
  }

  private void awaitLayers(ImageManifest image) {
    var bySize = new ArrayList<>(image.layers());
    bySize.sort((one, other) -> Long.compare(one.size(), other.size()));
    for (var layer : bySize) {
      if (layer.size() > keepable) {
        return;
      }
      if (awaited.add(layer.digest())) {
        keepable -= layer.size();
      }
    }
  }

  private Optional<Bytes> atHand(Descriptor config) throws IOException {
    var data = Transfer.data(config);
    if (data.isPresent() || config.size() > MAX_CONFIG) {
      return data;
    }
    try {
      if (LocalSource.isLocal(BlobSource.blob(source, config).origin().orElse(source))) {
        return Optional.of(CopyErrors.onSource(source, () -> source.read(config, MAX_CONFIG)));
      }
      return target instanceof ContentSource there
              && LocalSource.isLocal(there)
              && target.exists(config)
          ? Optional.of(there.read(config, MAX_CONFIG))
          : Optional.empty();
    } catch (NotFoundException e) {
      return Optional.empty(); // the target may have it
    }
  }

  /** A body that is kept as it passes, if it is a configuration or layer that is waited for. */
  Blob watch(Descriptor blob, Blob body) {
    return awaited.contains(blob.digest()) ? new Kept(blob, body, passed) : body;
  }

  /**
   * Checks an image whose configuration has passed.
   *
   * @throws InvalidContentException if its two descriptions contradict each other
   */
  void check(Node node) throws IOException {
    if (node.manifest() instanceof ImageManifest image) {
      var config = passed.get(image.config().digest());
      if (config != null) {
        CopyErrors.check(source, () -> checkLayers(this::layer, image, config));
      }
    }
  }

  private Optional<Blob> layer(Descriptor layer) {
    return Optional.ofNullable(passed.get(layer.digest())).map(Blob::of);
  }

  /** A small body whose bytes are kept once all of them were read and are right. */
  private record Kept(Descriptor descriptor, Blob body, Map<Digest, Bytes> passed) implements Blob {
    @Override
    public long size() {
      return body.size();
    }

    @Override
    public Optional<ContentSource> origin() {
      return body.origin();
    }

    @Override
    public InputStream open() throws IOException {
      return recorded(body.open());
    }

    @Override
    public InputStream openAfter(Blob beginning) throws IOException {
      return recorded(body.openAfter(beginning));
    }

    private InputStream recorded(InputStream opened) {
      var bytes = new ByteArrayOutputStream();
      return VerifyingInputStream.of(opened, descriptor)
          .through(in -> new Recorder(in, bytes))
          .onVerified(() -> passed.put(descriptor.digest(), Bytes.of(bytes.toByteArray())));
    }
  }

  /** Writes down what is read. */
  private static final class Recorder extends FilterInputStream {
    private final ByteArrayOutputStream bytes;

    Recorder(InputStream in, ByteArrayOutputStream bytes) {
      super(in);
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      bytes.write(buffer, offset, Math.max(0, read));
      return read;
    }
  }
}
