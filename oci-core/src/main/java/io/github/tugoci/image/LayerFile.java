package io.github.tugoci.image;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Digest.Algorithm;
import io.github.tugoci.tar.Gzip;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** Writes a tar compressed into a file, and computes both its digests on the way. */
final class LayerFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final MessageDigest plain = Algorithm.SHA256.newHash();
  private final MessageDigest packed = Algorithm.SHA256.newHash();
  private final OutputStream tar;

  LayerFile(Path file) throws IOException {
    this.file = file;
    var out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER);
    this.tar =
        new DigestOutputStream(
            new BufferedOutputStream(Gzip.compress(new DigestOutputStream(out, packed)), BUFFER),
            plain);
  }

  /** Where the tar goes; once it is closed, the layer is ready. */
  OutputStream tar() {
    return tar;
  }

  /** The layer, once the tar is closed. */
  Layer.Packed packed() throws IOException {
    var digest = Algorithm.SHA256.digest(packed);
    return new Layer.Packed(
        Descriptor.of(MediaType.OCI_LAYER_GZIP, digest, Files.size(file)), diffId(), Blob.of(file));
  }

  private Digest diffId() {
    return Algorithm.SHA256.digest(plain);
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }
}
