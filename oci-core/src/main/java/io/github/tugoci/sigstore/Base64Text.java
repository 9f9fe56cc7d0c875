package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import java.util.Base64;

/**
 * Base64 with one text for the same bytes (RFC 4648, 3.5): whitespace, missing padding and bits
 * that don't count are refused.
 */
public final class Base64Text {
  private Base64Text() {}

  /** The bytes of a text. */
  public static byte[] decode(String text, String what) throws InvalidContentException {
    try {
      var bytes = Base64.getDecoder().decode(text);
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(what + " is not base64", e);
    }
    throw new InvalidContentException(what + " is not canonical base64");
  }

  /** The text of bytes. */
  public static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
