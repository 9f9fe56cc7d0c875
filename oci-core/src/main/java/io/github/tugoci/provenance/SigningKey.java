package io.github.tugoci.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** The key of a {@link ProvenanceSigner}, read and used by Bouncy Castle. */
final class SigningKey {
  private final PGPSecretKey key;
  private final PGPPrivateKey secret;
  private final InstantSource clock;

  private SigningKey(PGPSecretKey key, PGPPrivateKey secret, InstantSource clock) {
    this.key = key;
    this.secret = secret;
    this.clock = clock;
  }

  static SigningKey open(
      Path keyring, String name, Supplier<char[]> passphrase, InstantSource clock)
      throws IOException {
    var fitting = new ArrayList<PGPSecretKeyRing>();
    for (var object : PublicKeys.objects(keyring, PublicKeys.read(keyring))) {
      if (object instanceof PGPSecretKeyRing ring && fits(ring, name)) {
        fitting.add(ring);
      }
    }
    if (fitting.size() != 1) {
      throw new NotFoundException(
          "%s has %d secret keys that fit \"%s\"; one is needed"
              .formatted(keyring, fitting.size(), name));
    }
    var key = signingKey(fitting.get(0), keyring);
    return new SigningKey(key, secret(key, passphrase, keyring), clock);
  }

  private static boolean fits(PGPSecretKeyRing ring, String name) {
    for (var key : ring) {
      var fingerprint = HexFormat.of().formatHex(key.getFingerprint());
      if (name.length() >= 8 && fingerprint.endsWith(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    for (var names = ring.getPublicKey().getUserIDs(); names.hasNext(); ) {
      if (names.next().contains(name)) {
        return true;
      }
    }
    return false;
  }

  /** The newest subkey that signs; else the primary key. */
  private static PGPSecretKey signingKey(PGPSecretKeyRing ring, Path keyring)
      throws NotFoundException {
    var able = new ArrayList<PGPSecretKey>();
    for (var key : ring) {
      if (!key.isPrivateKeyEmpty() && maySign(key)) {
        able.add(key);
      }
    }
    return able.stream()
        .max(
            Comparator.comparing(PGPSecretKey::isMasterKey)
                .reversed()
                .thenComparing(key -> key.getPublicKey().getCreationTime()))
        .orElseThrow(() -> new NotFoundException("no signing key in " + keyring));
  }

  private static boolean maySign(PGPSecretKey key) {
    if (!key.isSigningKey()) {
      return false;
    }
    if (key.isMasterKey()) {
      return true;
    }
    for (var all = key.getPublicKey().getSignaturesOfType(PGPSignature.SUBKEY_BINDING);
        all.hasNext(); ) {
      var packets = all.next().getHashedSubPackets();
      if (packets != null && (packets.getKeyFlags() & KeyFlags.SIGN_DATA) != 0) {
        return true;
      }
    }
    return false;
  }

  private static PGPPrivateKey secret(PGPSecretKey key, Supplier<char[]> passphrase, Path keyring)
      throws IOException {
    boolean open = key.getKeyEncryptionAlgorithm() == SymmetricKeyAlgorithmTags.NULL;
    try {
      return key.extractPrivateKey(
          open
              ? null
              : new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                  .build(passphrase.get()));
    } catch (PGPException e) {
      throw new IllegalArgumentException("wrong passphrase for the key in " + keyring, e);
    }
  }

  Bytes sign(ChartArchive archive) throws IOException {
    var lines = ClearSigned.lines(Provenance.text(archive));
    try {
      var generator =
          new PGPSignatureGenerator(
              new BcPGPContentSignerBuilder(
                  key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
              key.getPublicKey());
      generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, secret);
      generator.setHashedSubpackets(packets().generate());
      generator.update(ClearSigned.signedBytes(lines));
      return new ClearSigned(List.copyOf(lines), armored(generator.generate())).toBytes();
    } catch (PGPException e) {
      throw new IOException("signing failed", e);
    }
  }

  private PGPSignatureSubpacketGenerator packets() throws PGPException {
    var packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, Date.from(clock.instant()));
    packets.setIssuerFingerprint(false, key.getPublicKey());
    packets.setIssuerKeyID(false, key.getKeyID());
    return packets;
  }

  private static String armored(PGPSignature signature) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var armor = ArmoredOutputStream.builder().clearHeaders().build(bytes)) {
      signature.encode(armor);
    }
    return bytes.toString(US_ASCII).replace("\r\n", "\n");
  }
}
