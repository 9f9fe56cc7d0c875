package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarFile;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Compresses an archive's layers into temporary files; those that are compressed are read where
 * they are.
 */
final class DockerLayers implements AutoCloseable {
  private static final Map<MediaType, byte[]> BEGINNINGS =
      Map.of(
          MediaType.OCI_LAYER_GZIP,
          new byte[] {0x1f, (byte) 0x8b},
          MediaType.OCI_LAYER_ZSTD,
          new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});

  private final TarFile tar;
  private final Path file;
  private final ScratchDirectory scratch;
  private final Map<String, Done> done = new HashMap<>();

  DockerLayers(TarFile tar, Path file) throws IOException {
    this.tar = tar;
    this.file = file;
    this.scratch = ScratchDirectory.temporary();
  }

  /** A layer that was added, and the digest of what is in it. */
  private record Done(Descriptor layer, Digest unpacked) {}

  /** A layer as it stands in the archive. */
  private record InPlace(TarFile tar, String name, Path file, long size) implements Blob {
    @Override
    public InputStream open() throws IOException {
      return tar.open(name).orElseThrow(() -> missing(tar, name, file));
    }

    Optional<MediaType> compression() throws IOException {
      try (var in = open()) {
        var beginning = in.readNBytes(4);
        return BEGINNINGS.entrySet().stream()
            .filter(
                known -> {
                  int length = known.getValue().length;
                  return Arrays.equals(known.getValue(), Arrays.copyOf(beginning, length));
                })
            .map(Map.Entry::getKey)
            .findFirst();
      }
    }
  }

  private static InvalidContentException missing(TarFile tar, String name, Path file) {
    return new InvalidContentException(
        tar.danglingLink(name)
            .map(
                link ->
                    "layer %s in %s is a link to a missing file: %s".formatted(name, file, link))
            .orElse("the layer " + name + " is missing in " + file));
  }

  /**
   * Adds a layer to a store, compressed; its unpacked bytes must have the digest. Only those of
   * zstd aren't known.
   */
  Descriptor add(String name, Digest unpacked, MemoryStore store) throws IOException {
    var known = done.get(name);
    if (known != null) {
      check(name, unpacked, known.unpacked());
      return known.layer();
    }
    var size = tar.size(name).orElseThrow(() -> missing(tar, name, file));
    var found = new InPlace(tar, name, file, size);
    var compression = found.compression();
    Descriptor layer;
    if (compression.isPresent()) {
      boolean gzip = compression.get().equals(MediaType.OCI_LAYER_GZIP);
      layer =
          Descriptor.of(compression.get(), gzip ? unpack(found, unpacked) : digest(found), size);
      store.add(layer, found);
    } else {
      var temporary = scratch.path().resolve("layer-" + done.size());
      layer = compress(found, temporary, unpacked);
      store.add(layer, Blob.of(temporary));
    }
    done.put(name, new Done(layer, unpacked));
    return layer;
  }

  private void check(String name, Digest wanted, Digest actual) throws InvalidContentException {
    if (!actual.equals(wanted)) {
      throw new InvalidContentException(
          "the layer %s in %s should be %s, but is %s".formatted(name, file, wanted, actual));
    }
  }

  private static Digest digest(Blob blob) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    try (var in = new DigestInputStream(blob.open(), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Digest.Algorithm.SHA256.digest(hash);
  }

  /** The digest of a compressed layer; what is in it is checked. */
  private Digest unpack(InPlace layer, Digest unpacked) throws IOException {
    var plain = unpacked.algorithm().newHash();
    var packed = Digest.Algorithm.SHA256.newHash();
    try (var in = new DigestInputStream(layer.open(), packed);
        var tar = new DigestInputStream(new GZIPInputStream(in, 1 << 16), plain)) {
      tar.transferTo(OutputStream.nullOutputStream());
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException | EOFException e) {
      throw new InvalidContentException(
          "cannot unpack layer %s in %s: %s".formatted(layer.name(), file, e.getMessage()), e);
    }
    check(layer.name(), unpacked, unpacked.algorithm().digest(plain));
    return Digest.Algorithm.SHA256.digest(packed);
  }

  private Descriptor compress(InPlace layer, Path to, Digest unpacked) throws IOException {
    var plain = unpacked.algorithm().newHash();
    var packed = Digest.Algorithm.SHA256.newHash();
    try (var in = new DigestInputStream(layer.open(), plain);
        var file = new BufferedOutputStream(Files.newOutputStream(to), 1 << 16);
        var gzip = Gzip.compress(new DigestOutputStream(file, packed))) {
      in.transferTo(gzip);
    }
    check(layer.name(), unpacked, unpacked.algorithm().digest(plain));
    return Descriptor.of(
        MediaType.OCI_LAYER_GZIP, Digest.Algorithm.SHA256.digest(packed), Files.size(to));
  }

  @Override
  public void close() throws IOException {
    scratch.close();
  }
}
