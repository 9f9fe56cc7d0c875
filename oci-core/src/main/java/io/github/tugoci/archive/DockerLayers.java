package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Compresses an archive's layers into temporary files; those that are compressed stay as they are.
 */
final class DockerLayers implements AutoCloseable {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final TarFile tar;
  private final Path file;
  private final Path folder;
  private final Map<String, Descriptor> done = new HashMap<>();

  DockerLayers(TarFile tar, Path file) throws IOException {
    this.tar = tar;
    this.file = file;
    this.folder = Files.createTempDirectory("tug-");
  }

  /** Adds a layer to a store, compressed; its unpacked bytes must have the digest. */
  Descriptor add(String name, Digest unpacked, MemoryStore store) throws IOException {
    var known = done.get(name);
    if (known != null) {
      return known;
    }
    var temporary = folder.resolve("layer-" + done.size());
    Descriptor layer;
    try (var in = new BufferedInputStream(open(name), 1 << 16)) {
      in.mark(2);
      boolean compressed = ((in.read() << 8) | in.read()) == GZIP_MAGIC;
      in.reset();
      layer = compressed ? copy(in, temporary) : compress(in, temporary, name, unpacked);
    }
    store.add(layer, Blob.of(temporary));
    done.put(name, layer);
    return layer;
  }

  private InputStream open(String name) throws IOException {
    return tar.open(name)
        .orElseThrow(
            () -> new InvalidContentException("the layer " + name + " is missing in " + file));
  }

  private Descriptor compress(InputStream in, Path to, String name, Digest unpacked)
      throws IOException {
    var plain = unpacked.algorithm().newHash();
    var packed = Digest.Algorithm.SHA256.newHash();
    try (var out = new DigestOutputStream(buffered(to), packed);
        var gzip = Gzip.compress(out)) {
      new DigestInputStream(in, plain).transferTo(gzip);
    }
    var actual = unpacked.algorithm().digest(plain);
    if (!actual.equals(unpacked)) {
      throw new InvalidContentException(
          "the layer %s in %s should be %s, but is %s".formatted(name, file, unpacked, actual));
    }
    return descriptor(to, Digest.Algorithm.SHA256.digest(packed));
  }

  private static Descriptor copy(InputStream in, Path to) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    try (var out = new DigestOutputStream(buffered(to), hash)) {
      in.transferTo(out);
    }
    return descriptor(to, Digest.Algorithm.SHA256.digest(hash));
  }

  private static OutputStream buffered(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  private static Descriptor descriptor(Path file, Digest digest) throws IOException {
    return Descriptor.of(MediaType.OCI_LAYER_GZIP, digest, Files.size(file));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.list(folder)) {
      for (var temporary : files.toList()) {
        Files.delete(temporary);
      }
    }
    Files.delete(folder);
  }
}
