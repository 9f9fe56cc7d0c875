package io.github.tugoci.image;

import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A layer to be built. Nothing is read before the image is built.
 *
 * <p>A layer that is packed here depends on nothing but names, content and the executable bit:
 * entries are sorted, of the superuser's, with mode 0755 or 0644, and have one time. Its
 * uncompressed digest is the same everywhere; the compressed one also depends on the zlib that the
 * JDK uses, and they differ.
 */
public abstract sealed class Layer permits TreeLayer, TarLayer {
  Layer() {}

  /**
   * The files in a directory and below it. Symbolic links stay links, as they are; they aren't
   * followed. The directory that they go to gets no entry, nor do those above it: they keep what
   * the base says of them.
   *
   * @param directory where the files are
   * @param below the directory of the image that they go to; {@code /} is the root
   * @throws IllegalArgumentException if {@code below} isn't a path from the root, or has {@code ..}
   */
  public static Layer ofDirectory(Path directory, String below) {
    return new TreeLayer(directory, TreeLayer.prefix(below));
  }

  /**
   * One file, such as a jar.
   *
   * @param file where it is
   * @param below the directory of the image that it goes to, under its name
   * @throws IllegalArgumentException if {@code below} isn't a path from the root, or has {@code ..}
   */
  public static Layer ofFile(Path file, String below) {
    return new TreeLayer(file, TreeLayer.prefix(below));
  }

  /**
   * A tar as it is, with the names, owners and times that it has. One that is compressed by gzip
   * keeps its bytes; a plain one is compressed.
   *
   * @param tar the file, which must not change until the image has been copied
   */
  public static Layer ofTar(Path tar) {
    return new TarLayer(tar);
  }

  /**
   * A layer that is ready.
   *
   * @param descriptor its digest and size; the type is OCI's
   * @param diffId the digest before compression
   * @param body its bytes
   */
  record Packed(Descriptor descriptor, Digest diffId, Blob body) {}

  /**
   * Packs it.
   *
   * @param file a new file for what isn't in one yet
   * @param time when each file was changed last
   * @throws InvalidLayerException if it can't be a layer
   */
  abstract Packed pack(Path file, Instant time) throws IOException;

  /** Whether its files are where Windows looks for them: below {@code Files/}. */
  abstract boolean isForWindows() throws IOException;

  /** What it is, for the image's history; the same wherever the files are. */
  abstract String words();
}
