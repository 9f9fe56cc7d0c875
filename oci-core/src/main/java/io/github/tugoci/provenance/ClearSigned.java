package io.github.tugoci.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.util.List;

/**
 * A text with its signature behind it, readable as it is (RFC 9580, 7, "Cleartext Signature
 * Framework"). Text before or after it in a file is not signed and is ignored.
 *
 * @param lines the text's lines, without what ends them
 * @param signature the signature, in ASCII armor
 */
record ClearSigned(List<String> lines, String signature) {
  private static final String BEGIN = "-----BEGIN PGP SIGNED MESSAGE-----";
  private static final String BEGIN_SIGNATURE = "-----BEGIN PGP SIGNATURE-----";
  private static final String END = "-----END PGP SIGNATURE-----";

  /** Takes a text apart into lines; a line break at its end ends the last one. */
  static List<String> lines(String text) {
    return text.lines().toList();
  }

  static ClearSigned parse(Bytes file, String what) throws InvalidContentException {
    var all = new String(file.toArray(), UTF_8).lines().map(ClearSigned::withoutBlanks).toList();
    int begin = all.indexOf(BEGIN);
    int headersEnd = begin < 0 ? -1 : begin + all.subList(begin, all.size()).indexOf("");
    int signature = all.indexOf(BEGIN_SIGNATURE);
    int end = all.indexOf(END);
    if (headersEnd <= begin || signature <= headersEnd || end < signature) {
      throw new InvalidContentException("not a provenance file: " + what + ": missing signed text");
    }
    return new ClearSigned(
        all.subList(headersEnd + 1, signature).stream()
            .map(line -> line.startsWith("- ") ? line.substring(2) : line)
            .toList(),
        String.join("\n", all.subList(signature, end + 1)) + "\n");
  }

  /** The text. */
  String text() {
    return String.join("\n", lines) + "\n";
  }

  /**
   * What is signed: lines end with CR and LF, without blanks before; the last line's end isn't part
   * of it.
   */
  static byte[] signedBytes(List<String> lines) {
    return String.join("\r\n", lines.stream().map(ClearSigned::withoutBlanks).toList())
        .getBytes(UTF_8);
  }

  private static String withoutBlanks(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    return line.substring(0, end);
  }

  /** The file, as Helm and GnuPG read it. */
  Bytes toBytes() {
    var file = new StringBuilder(BEGIN).append("\nHash: SHA512\n\n");
    for (var line : lines) {
      file.append(line.startsWith("-") ? "- " : "").append(line).append('\n');
    }
    return Bytes.of(file.append(signature).toString());
  }
}
