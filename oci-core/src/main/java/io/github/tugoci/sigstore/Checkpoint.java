package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A signed note that says what a log's tree is: origin, size and root hash, each in a line, then
 * signatures of the log and of witnesses.
 *
 * @param text what is signed
 * @param origin the log's name
 * @param size how many entries the tree has
 * @param root the tree's hash
 * @param signatures lines with signatures
 */
record Checkpoint(String text, String origin, long size, Bytes root, List<String> signatures) {
  private static final int MAX_LENGTH = 64 << 10;
  private static final int MAX_SIGNATURES = 64;
  private static final int LINES = 3;
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern SIGNATURE = Pattern.compile("\u2014 (\\S+) ([A-Za-z0-9+/]+={0,2})");

  /** Logs of Rekor's first version have the number of a tree behind their names. */
  private static final Pattern TREE = Pattern.compile("(\\S+) - [0-9]+");

  /** Copies the list. */
  Checkpoint {
    signatures = List.copyOf(signatures);
  }

  static Checkpoint parse(String note) throws InvalidContentException {
    int gap = note.lastIndexOf("\n\n");
    if (note.length() > MAX_LENGTH || gap < 0 || !note.endsWith("\n")) {
      throw invalid("not a signed note");
    }
    var text = note.substring(0, gap + 1);
    var lines = text.lines().limit(LINES).toList();
    if (lines.size() < LINES || lines.get(0).isEmpty() || !SIZE.matcher(lines.get(1)).matches()) {
      throw invalid("without origin or size of the tree");
    }
    var signatures = note.substring(gap + 2).lines().limit(MAX_SIGNATURES + 1).toList();
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw invalid("without signatures, or with too many");
    }
    return new Checkpoint(
        text,
        lines.get(0),
        Long.parseLong(lines.get(1)),
        Bytes.of(Base64Text.decode(lines.get(2), "the root hash in the log's checkpoint")),
        signatures);
  }

  private static InvalidContentException invalid(String why) {
    return new InvalidContentException("invalid checkpoint of the log: " + why);
  }

  /**
   * Checks that a log signed it; other signatures don't count.
   *
   * @throws InvalidContentException if it didn't, or the note is of another log
   */
  void verify(TransparencyLog log) throws InvalidContentException {
    var tree = TREE.matcher(origin);
    var name = tree.matches() ? tree.group(1) : origin;
    // The first version's logs can be reached under another name than the one they sign with.
    if (!tree.matches() && !name.equals(log.host())) {
      throw new InvalidContentException(
          "the checkpoint is of the log %s, not of %s".formatted(origin, log.host()));
    }
    for (var line : signatures) {
      var signature = SIGNATURE.matcher(line);
      if (!signature.matches()) {
        throw invalid("a line is not a signature");
      }
      if (signature.group(1).equals(name)
          && isSignedBy(log, Base64Text.decode(signature.group(2), "a checkpoint's signature"))) {
        return;
      }
    }
    throw new InvalidContentException("the log's checkpoint is not signed by the log");
  }

  private boolean isSignedBy(TransparencyLog log, byte[] signature) {
    int hint = log.hint().size();
    return signature.length > hint
        && log.hint().equals(Bytes.of(Arrays.copyOf(signature, hint)))
        && log.verify(text.getBytes(UTF_8), Arrays.copyOfRange(signature, hint, signature.length));
  }
}
