package io.github.tugoci.reference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A content digest: an algorithm and the lower-case hexadecimal hash of the content's bytes.
 *
 * <p>The registered algorithms of the image-spec are known (descriptor.md, "Registered
 * algorithms"): {@code sha256} with 64 characters and {@code sha512} with 128. Others cannot be
 * verified and are refused.
 *
 * @param algorithm how the hash is computed
 * @param hex the hash, in lower-case hexadecimal
 */
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest>, Selector {

  /** A hash function that the image-spec registers. */
  public enum Algorithm {
    /** SHA-256, which every registry has. */
    SHA256("SHA-256", 64),
    /** SHA-512, which the spec allows. */
    SHA512("SHA-512", 128);

    private final String javaName;
    private final int hexLength;

    Algorithm(String javaName, int hexLength) {
      this.javaName = javaName;
      this.hexLength = hexLength;
    }

    /** The name in a digest: {@code sha256} or {@code sha512}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A new hash, to be fed with the content's bytes. */
    public MessageDigest newHash() {
      try {
        return MessageDigest.getInstance(javaName);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has " + javaName, e);
      }
    }

    /** The digest that a finished hash gives; the hash is reset. */
    public Digest digest(MessageDigest hash) {
      return new Digest(this, HexFormat.of().formatHex(hash.digest()));
    }

    /** The digest of some bytes. */
    public Digest digest(byte[] content) {
      var hash = newHash();
      hash.update(content);
      return digest(hash);
    }
  }

  /**
   * Checks the hash's form.
   *
   * @throws InvalidReferenceException if its length or a character is wrong
   */
  public Digest {
    checkHex(algorithm, hex, algorithm + ":" + hex, algorithm.toString().length() + 1);
  }

  /** The SHA-256 digest of some bytes. */
  public static Digest of(byte[] content) {
    return Algorithm.SHA256.digest(content);
  }

  /**
   * Reads {@code algorithm:hex}.
   *
   * @throws InvalidReferenceException if the text isn't a digest, or its algorithm is unknown
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new InvalidReferenceException(
          "digest",
          text,
          text.length(),
          "has no ':' after an algorithm",
          "write sha256:<64 hex digits>");
    }
    var name = text.substring(0, colon);
    for (var algorithm : Algorithm.values()) {
      if (algorithm.toString().equals(name)) {
        var hex = text.substring(colon + 1);
        checkHex(algorithm, hex, text, colon + 1);
        return new Digest(algorithm, hex);
      }
    }
    throw new InvalidReferenceException(
        "digest",
        text,
        0,
        "has the unknown algorithm \"" + name + "\"",
        "sha256 and sha512 are supported");
  }

  /** Whether a text is a digest, and not a tag. */
  public static boolean isDigest(String text) {
    return text.startsWith("sha256:") || text.startsWith("sha512:");
  }

  private static void checkHex(Algorithm algorithm, String hex, String text, int offset) {
    for (int i = 0; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        throw new InvalidReferenceException(
            "digest",
            text,
            offset + i,
            "has '" + c + "' where a hex digit must be",
            "hex digits are 0-9 and a-f, in lower case");
      }
    }
    if (hex.length() != algorithm.hexLength) {
      throw new InvalidReferenceException(
          "digest",
          text,
          text.length(),
          "has " + hex.length() + " hex digits",
          algorithm + " has " + algorithm.hexLength);
    }
  }

  /** The first twelve hex digits, for people. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  /** By the text form, as Helm sorts layers. */
  @Override
  public int compareTo(Digest other) {
    return toString().compareTo(other.toString());
  }

  /** {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }

  // By hand, as in Origin: a record's own are made while the program runs, which costs a command
  // that is about to end more than all its comparisons.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest
        && algorithm == digest.algorithm
        && hex.equals(digest.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }
}
