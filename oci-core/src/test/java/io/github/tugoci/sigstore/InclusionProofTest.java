package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proofs in trees of all shapes, against the definitions of RFC 6962 (2.1). */
class InclusionProofTest {
  private static final Bytes ID = Bytes.of("log ".repeat(8));
  private static final KeyPair KEY = key();
  private static final TransparencyLog LOG =
      new TransparencyLog(
          ID,
          KEY.getPublic(),
          KeyAlgorithm.ED25519,
          new Period(Instant.EPOCH, Instant.MAX),
          "log.example.com");

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bytes body(int index) {
    return Bytes.of("entry " + index);
  }

  private static List<Bytes> leaves(int size) throws Exception {
    var leaves = new ArrayList<Bytes>();
    for (int i = 0; i < size; i++) {
      leaves.add(hash(Bytes.of(new byte[] {0}), body(i)));
    }
    return leaves;
  }

  private static Bytes hash(Bytes... parts) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    for (var part : parts) {
      digest.update(part.toArray());
    }
    return Bytes.of(digest.digest());
  }

  private static Bytes root(List<Bytes> leaves) throws Exception {
    if (leaves.size() == 1) {
      return leaves.get(0);
    }
    int half = Integer.highestOneBit(leaves.size() - 1);
    return hash(
        Bytes.of(new byte[] {1}),
        root(leaves.subList(0, half)),
        root(leaves.subList(half, leaves.size())));
  }

  private static List<Bytes> path(int index, List<Bytes> leaves) throws Exception {
    if (leaves.size() == 1) {
      return List.of();
    }
    int half = Integer.highestOneBit(leaves.size() - 1);
    var left = leaves.subList(0, half);
    var right = leaves.subList(half, leaves.size());
    var path = new ArrayList<>(index < half ? path(index, left) : path(index - half, right));
    path.add(root(index < half ? right : left));
    return path;
  }

  private static Checkpoint checkpoint(long size, Bytes root, String origin) throws Exception {
    var text = "%s\n%d\n%s\n".formatted(origin, size, Base64Text.encode(root.toArray()));
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(KEY.getPrivate());
    signer.update(text.getBytes(UTF_8));
    var signature = signer.sign();
    var line = new byte[4 + signature.length];
    System.arraycopy(ID.toArray(), 0, line, 0, 4);
    System.arraycopy(signature, 0, line, 4, signature.length);
    return Checkpoint.parse(
        "%s\n\u2014 %s %s\n".formatted(text, origin, Base64.getEncoder().encodeToString(line)));
  }

  private static InclusionProof proof(int index, int size) throws Exception {
    var leaves = leaves(size);
    var root = root(leaves);
    return new InclusionProof(
        index, root, size, path(index, leaves), checkpoint(size, root, "log.example.com"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 16, 31})
  void eachEntryIsProvedAtItsPlaceAlone(int size) throws Exception {
    for (int index = 0; index < size; index++) {
      var proof = proof(index, size);
      var entry = body(index);
      assertThatCode(() -> proof.verify(entry, LOG)).doesNotThrowAnyException();

      var others = List.of(body(index + 1), Bytes.of(""), Bytes.of("entry"));
      for (var other : others) {
        isRefused(proof, other);
      }
      for (int place = 0; place <= size; place++) {
        var moved =
            new InclusionProof(place, proof.root(), size, proof.hashes(), proof.checkpoint());
        if (place != index) {
          isRefused(moved, entry);
        }
      }
      var longer = new ArrayList<>(proof.hashes());
      longer.add(proof.root());
      isRefused(new InclusionProof(index, proof.root(), size, longer, proof.checkpoint()), entry);
    }
  }

  private static void isRefused(InclusionProof proof, Bytes entry) {
    assertThatThrownBy(() -> proof.verify(entry, LOG))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("invalid inclusion proof");
  }

  /** An inner node's hash must not pass for an entry's. */
  @Test
  void aNodeIsNotAnEntry() throws Exception {
    var leaves = leaves(2);
    var inner = Bytes.of(leaves.get(0) + "" + leaves.get(1));
    var root = root(leaves);
    var proof = new InclusionProof(0, root, 1, List.of(), checkpoint(1, root, "log.example.com"));

    isRefused(proof, inner);
  }

  @Test
  void aCheckpointOfAnotherLogOfTheSameKeyIsRefused() throws Exception {
    var root = root(leaves(1));
    var proof = new InclusionProof(0, root, 1, List.of(), checkpoint(1, root, "other.example.com"));

    assertThatThrownBy(() -> proof.verify(body(0), LOG))
        .hasMessage("the checkpoint is of the log other.example.com, not of log.example.com");
  }
}
