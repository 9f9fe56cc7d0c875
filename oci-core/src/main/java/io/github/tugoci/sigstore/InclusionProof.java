package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * That a log's tree has an entry (RFC 6962, 2.1.1; RFC 9162, 2.1.3.2), and that the log signed the
 * tree.
 *
 * @param index the entry's place in the tree
 * @param root the tree's hash
 * @param size how many entries it has
 * @param hashes the hashes beside the way from the entry to the root
 * @param checkpoint what the log signed
 */
record InclusionProof(
    long index, Bytes root, long size, List<Bytes> hashes, Checkpoint checkpoint) {
  private static final int HASH_SIZE = 32;
  private static final int MAX_HASHES = 63;

  /** Copies the list. */
  InclusionProof {
    hashes = List.copyOf(hashes);
  }

  static InclusionProof of(JsonObject json) throws InvalidContentException {
    var texts = json.strings("hashes");
    if (texts.size() > MAX_HASHES) {
      throw new InvalidContentException(json.path() + ": more hashes than a tree has levels");
    }
    var hashes = new ArrayList<Bytes>();
    for (var text : texts) {
      hashes.add(hash(Bytes.of(Base64Text.decode(text, json.path() + ": hashes")), json));
    }
    return new InclusionProof(
        ProtoJson.number(json, "logIndex"),
        hash(ProtoJson.bytes(json, "rootHash"), json),
        ProtoJson.number(json, "treeSize"),
        hashes,
        Checkpoint.parse(json.requiredObject("checkpoint").requiredString("envelope")));
  }

  private static Bytes hash(Bytes bytes, JsonObject json) throws InvalidContentException {
    if (bytes.size() != HASH_SIZE) {
      throw new InvalidContentException(json.path() + ": a hash has not 32 bytes");
    }
    return bytes;
  }

  /**
   * Checks that a log's tree has an entry.
   *
   * @throws InvalidContentException if the proof is about another entry or another log
   */
  void verify(Bytes body, TransparencyLog log) throws InvalidContentException {
    if (!checkpoint.root().equals(root) || checkpoint.size() != size) {
      throw new InvalidContentException("the log's checkpoint is of another tree than the proof");
    }
    checkpoint.verify(log);
    if (index >= size || !root.equals(climb(leafHash(body)))) {
      throw new InvalidContentException(
          "invalid inclusion proof: the log does not contain the entry");
    }
  }

  private static Bytes leafHash(Bytes body) {
    return sha256(new byte[] {0}, body.toArray());
  }

  /** The root that follows from a leaf; a proof of another length has none. */
  private Bytes climb(Bytes leaf) {
    var hash = leaf;
    long node = index;
    long last = size - 1;
    for (var sibling : hashes) {
      if (last == 0) {
        return Bytes.of("");
      }
      if ((node & 1) == 1 || node == last) {
        hash = nodeHash(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = nodeHash(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 ? hash : Bytes.of("");
  }

  private static Bytes nodeHash(Bytes left, Bytes right) {
    return sha256(new byte[] {1}, left.toArray(), right.toArray());
  }

  private static Bytes sha256(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
