package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.net.URI;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A log of the trusted root: of signatures (Rekor), or of certificates.
 *
 * @param id its name in what it signs
 * @param key its key
 * @param algorithm how it signs
 * @param period when it is trusted
 * @param host the host of its address; empty if it has none
 */
record TransparencyLog(
    Bytes id, PublicKey key, KeyAlgorithm algorithm, Period period, String host) {
  private static final int ID_SIZE = 32;
  private static final int HINT_SIZE = 4;

  /** The algorithm identifier of RSA keys (RFC 8017, A.1). */
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /**
   * Reads one; empty if its key is of a kind that isn't supported, as nothing can be verified with
   * it then.
   */
  static Optional<TransparencyLog> of(JsonObject json) throws InvalidContentException {
    var keyJson = json.requiredObject("publicKey");
    var period = Period.of(keyJson);
    if (!period.hasStart()) {
      throw new InvalidContentException(keyJson.path() + ": validFor has no start");
    }
    var encoded = ProtoJson.bytes(keyJson, "rawBytes").toArray();
    if (keyJson.string("keyDetails").orElse("").startsWith("PKCS1_RSA_")) {
      encoded = Der.encode(Der.SEQUENCE, RSA, Der.encode(0x03, new byte[1], encoded));
    }
    var id = ProtoJson.bytes(json.requiredObject("logId"), "keyId");
    if (id.size() != ID_SIZE) {
      throw new InvalidContentException(json.path() + ": logId has not 32 bytes");
    }
    var key = KeyAlgorithm.publicKey(encoded);
    var algorithm = key.flatMap(KeyAlgorithm::of);
    if (key.isEmpty() || algorithm.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new TransparencyLog(id, key.get(), algorithm.get(), period, host(json)));
  }

  private static String host(JsonObject json) throws InvalidContentException {
    var address = json.string("baseUrl").orElse("");
    try {
      var host = URI.create(address).getHost();
      return host == null ? "" : host;
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(json.path() + ": baseUrl is not a URL: " + address, e);
    }
  }

  /** What stands before its signatures of checkpoints. */
  Bytes hint() {
    return Bytes.of(Arrays.copyOf(id.toArray(), HINT_SIZE));
  }

  boolean verify(byte[] message, byte[] signature) {
    return algorithm.verify(key, message, signature);
  }
}
