package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The one block of a PEM text (RFC 7468). A text with several is refused: which of them is meant
 * would be a guess.
 *
 * @param type what stands between {@code BEGIN} and the dashes
 * @param content the bytes
 */
record PemBlock(String type, Bytes content) {
  /** A key of 16384 bits takes 13 KiB. */
  static final int MAX_SIZE = 64 << 10;

  private static final int LINE_LENGTH = 64;
  private static final String BEGIN = "-----BEGIN ";
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  static PemBlock parse(String text, String name) throws InvalidContentException {
    if (text.length() > MAX_SIZE) {
      throw new InvalidContentException("invalid key " + name + ": larger than 64 KiB");
    }
    var block = BLOCK.matcher(text);
    if (!block.find()) {
      throw new InvalidContentException("invalid key " + name + ": not a PEM block");
    }
    if (text.indexOf(BEGIN) != text.lastIndexOf(BEGIN)) {
      throw new InvalidContentException("invalid key " + name + ": more than one PEM block");
    }
    try {
      var base64 = block.group(2).replaceAll("\\s", "");
      return new PemBlock(block.group(1), Bytes.of(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException("invalid key " + name + ": not base64", e);
    }
  }

  String toText() {
    var encoder = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(US_ASCII));
    var lines = encoder.encodeToString(content.toArray());
    return BEGIN + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
  }
}
