package io.github.tugoci.provenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/**
 * A public key that may have made a signature.
 *
 * @param primary the key that stands for its owner
 * @param key the same, or one of its subkeys
 */
record VerifyingKey(PGPPublicKey primary, PGPPublicKey key) {
  private static final Set<Integer> STRONG =
      Set.of(
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA3_256,
          HashAlgorithmTags.SHA3_512);

  boolean made(PGPSignature signature) {
    return signature.hasKeyIdentifier(key.getKeyIdentifier());
  }

  Signer signer() {
    var names = new ArrayList<String>();
    primary.getUserIDs().forEachRemaining(names::add);
    return new Signer(names, HexFormat.of().withUpperCase().formatHex(primary.getFingerprint()));
  }

  /** Why a signature isn't valid; empty if it is. */
  Optional<String> faultOf(PGPSignature signature, byte[] signed, Instant now) throws PGPException {
    if (!STRONG.contains(signature.getHashAlgorithm())) {
      return Optional.of("with a hash that can be forged");
    }
    int type = signature.getSignatureType();
    if (type != PGPSignature.BINARY_DOCUMENT && type != PGPSignature.CANONICAL_TEXT_DOCUMENT) {
      return Optional.of("not as a document");
    }
    signature.init(new BcPGPContentVerifierBuilderProvider(), key);
    signature.update(signed);
    if (!signature.verify()) {
      return Optional.of("the text was changed afterwards");
    }
    if (hasExpired(signature, now)) {
      return Optional.of("the signature has expired");
    }
    if (primary.hasRevocation() || key.hasRevocation()) {
      return Optional.of("the key was revoked");
    }
    if (hasExpired(primary, now) || hasExpired(key, now)) {
      return Optional.of("the key has expired");
    }
    return key.isMasterKey() || isBound()
        ? Optional.empty()
        : Optional.of("the subkey is not bound to the primary key");
  }

  private static boolean hasExpired(PGPSignature signature, Instant now) {
    var packets = signature.getHashedSubPackets();
    long seconds = packets == null ? 0 : packets.getSignatureExpirationTime();
    return seconds > 0 && now.isAfter(signature.getCreationTime().toInstant().plusSeconds(seconds));
  }

  private static boolean hasExpired(PGPPublicKey key, Instant now) {
    var life = Duration.ofSeconds(key.getValidSeconds());
    return !life.isZero() && now.isAfter(key.getCreationTime().toInstant().plus(life));
  }

  /**
   * Whether the primary key says that the subkey belongs to it and may sign, and the subkey says
   * the same: anybody can put a stranger's subkey behind his own key.
   */
  private boolean isBound() throws PGPException {
    for (var binding : each(key.getSignaturesOfType(PGPSignature.SUBKEY_BINDING))) {
      binding.init(new BcPGPContentVerifierBuilderProvider(), primary);
      if (binding.verifyCertification(primary, key) && maySign(binding) && isBoundBack(binding)) {
        return true;
      }
    }
    return false;
  }

  private static boolean maySign(PGPSignature binding) {
    var packets = binding.getHashedSubPackets();
    return packets != null && (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0;
  }

  /** GnuPG puts the subkey's own word where the signature doesn't cover it: it covers itself. */
  private boolean isBoundBack(PGPSignature binding) throws PGPException {
    for (var packets : List.of(binding.getHashedSubPackets(), binding.getUnhashedSubPackets())) {
      for (var back : packets.getEmbeddedSignatures()) {
        if (back.getSignatureType() == PGPSignature.PRIMARYKEY_BINDING) {
          back.init(new BcPGPContentVerifierBuilderProvider(), key);
          if (back.verifyCertification(primary, key)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static <T> List<T> each(Iterator<T> iterator) {
    var list = new ArrayList<T>();
    iterator.forEachRemaining(list::add);
    return list;
  }
}
