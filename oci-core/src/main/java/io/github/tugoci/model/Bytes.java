package io.github.tugoci.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.reference.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An immutable sequence of bytes, such as a document as it was received. */
public final class Bytes {
  private final byte[] bytes;

  /** The digest once it was computed; null before. */
  private volatile @Nullable Digest sha256;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of an array. */
  public static Bytes of(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** A text in UTF-8. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(UTF_8));
  }

  /** The number of bytes. */
  public int size() {
    return bytes.length;
  }

  /** A new array with the bytes. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** A stream over the bytes. */
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** The SHA-256 digest. */
  public Digest digest() {
    var digest = sha256;
    if (digest == null) {
      digest = Digest.of(bytes);
      sha256 = digest;
    }
    return digest;
  }

  /** The digest by an algorithm. */
  public Digest digest(Digest.Algorithm algorithm) {
    return algorithm == Digest.Algorithm.SHA256 ? digest() : algorithm.digest(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The bytes read as UTF-8. */
  @Override
  public String toString() {
    return new String(bytes, UTF_8);
  }
}
