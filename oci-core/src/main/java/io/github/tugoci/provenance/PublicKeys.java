package io.github.tugoci.provenance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.crypto.CryptoServicesRegistrar;
import org.bouncycastle.crypto.CryptoServicesRegistrar.Property;
import org.bouncycastle.gpg.keybox.PublicKeyRingBlob;
import org.bouncycastle.gpg.keybox.bc.BcKeyBox;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPRuntimeOperationException;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/** The keys of a {@link Keyring}, read and used by Bouncy Castle. */
final class PublicKeys {
  static {
    // The thread that loads Bouncy Castle gets its own copy of these defaults, which all programs
    // have
    // anyway. A thread that outlives this program would keep its class loader by them.
    CryptoServicesRegistrar.clearThreadProperty(Property.DSA_DEFAULT_PARAMS);
    CryptoServicesRegistrar.clearThreadProperty(Property.DH_DEFAULT_PARAMS);
  }

  /** A keyring of thousands of keys; a larger file isn't taken for a keyring. */
  private static final int MAX_SIZE = 64 << 20;

  private static final int MAX_SIGNATURES = 16;
  private static final byte[] KEYBOX = {'K', 'B', 'X', 'f'};
  private static final int KEYBOX_MAGIC_AT = 8;

  private final Path file;
  private final List<VerifyingKey> keys;

  private PublicKeys(Path file, List<VerifyingKey> keys) {
    this.file = file;
    this.keys = keys;
  }

  static PublicKeys open(Path file) throws IOException {
    var keys = new ArrayList<VerifyingKey>();
    for (var ring : publicRings(file, read(file))) {
      ring.forEach(key -> keys.add(new VerifyingKey(ring.getPublicKey(), key)));
    }
    if (keys.isEmpty()) {
      throw new InvalidContentException(file + " holds no keys");
    }
    return new PublicKeys(file, keys);
  }

  static byte[] read(Path file) throws IOException {
    var bytes = InputFile.read(file, MAX_SIZE + 1);
    if (bytes.length > MAX_SIZE) {
      throw new InvalidContentException(file + " is not a keyring: it is over 64 MiB");
    }
    return bytes;
  }

  private static List<PGPPublicKeyRing> publicRings(Path file, byte[] bytes) throws IOException {
    var rings = new ArrayList<PGPPublicKeyRing>();
    if (isKeybox(bytes)) {
      for (var blob : keybox(file, bytes).getKeyBlobs()) {
        if (blob instanceof PublicKeyRingBlob keys) {
          rings.add(keys.getPGPPublicKeyRing());
        }
      }
      return rings;
    }
    for (var object : objects(file, bytes)) {
      if (object instanceof PGPPublicKeyRing ring) {
        rings.add(ring);
      } else if (object instanceof PGPSecretKeyRing ring) {
        rings.add(ring.toCertificate());
      }
    }
    return rings;
  }

  private static boolean isKeybox(byte[] bytes) {
    int end = KEYBOX_MAGIC_AT + KEYBOX.length;
    return bytes.length > end
        && Arrays.equals(bytes, KEYBOX_MAGIC_AT, end, KEYBOX, 0, KEYBOX.length);
  }

  private static BcKeyBox keybox(Path file, byte[] bytes) throws IOException {
    try {
      return new BcKeyBox(bytes);
    } catch (RuntimeException e) {
      throw new InvalidContentException(file + " is a damaged keybox", e);
    }
  }

  /** The objects of a file, one keyring behind the other. */
  static List<Object> objects(Path file, byte[] bytes) throws IOException {
    var objects = new ArrayList<>();
    try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(bytes))) {
      var factory = new BcPGPObjectFactory(in);
      for (var object = factory.nextObject(); object != null; object = factory.nextObject()) {
        objects.add(object);
      }
    } catch (IOException | RuntimeException e) {
      throw new InvalidContentException(file + " is not a keyring, or it is damaged", e);
    }
    return objects;
  }

  /** Who signed a message; one good signature is enough. */
  Signer verify(ClearSigned message, String what, Instant now) throws InvalidContentException {
    var signed = ClearSigned.signedBytes(message.lines());
    var unknown = new ArrayList<String>();
    for (var signature : signatures(message, what)) {
      var key = keys.stream().filter(candidate -> candidate.made(signature)).findFirst();
      if (key.isPresent()) {
        verify(key.get(), signature, signed, what, now);
        return key.get().signer();
      }
      unknown.add("%016X".formatted(signature.getKeyID()));
    }
    throw new InvalidContentException(
        "unknown signer of %s: key %s not found in %s"
            .formatted(what, String.join(", ", unknown), file));
  }

  private static void verify(
      VerifyingKey key, PGPSignature signature, byte[] signed, String what, Instant now)
      throws InvalidContentException {
    try {
      var fault = key.faultOf(signature, signed, now);
      if (fault.isPresent()) {
        throw new InvalidContentException(
            "%s is signed by %s, but %s"
                .formatted(what, String.join(", ", key.signer().userIds()), fault.get()));
      }
    } catch (PGPException | PGPRuntimeOperationException e) {
      throw new InvalidContentException("invalid signature of " + what, e);
    }
  }

  private static List<PGPSignature> signatures(ClearSigned message, String what)
      throws InvalidContentException {
    var signatures = new ArrayList<PGPSignature>();
    try (var in =
        ArmoredInputStream.builder()
            .build(new ByteArrayInputStream(message.signature().getBytes(US_ASCII)))) {
      var factory = new BcPGPObjectFactory(in);
      for (var object = factory.nextObject(); object != null; object = factory.nextObject()) {
        if (object instanceof PGPSignatureList list) {
          list.forEach(signatures::add);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new InvalidContentException(what + " has a damaged signature", e);
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new InvalidContentException("%s has %d signatures".formatted(what, signatures.size()));
    }
    return signatures;
  }

  /** The file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
