package io.github.tugoci.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.sigstore.Base64Text;
import java.nio.CharBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * The encryption of cosign's key files: a key from the password by scrypt, and NaCl's secretbox
 * (XSalsa20 and Poly1305), described by JSON.
 */
final class EncryptedKey {
  private static final int KEY_SIZE = 32;
  private static final int SALT_SIZE = 32;
  private static final int NONCE_SIZE = 24;
  private static final int TAG_SIZE = 16;
  private static final int BLOCK_SIZE = 8;
  private static final int PARALLELISM = 1;

  /** As cosign writes it: 64 MiB of memory and 0.1 s. */
  private static final int COST = 1 << 16;

  /** As cosign reads it; another cost could exhaust us. */
  private static final Set<Long> COSTS = Set.of(1L << 15, 1L << 16, 1L << 17);

  private EncryptedKey() {}

  /**
   * Decrypts a key.
   *
   * @throws IllegalArgumentException if the password is wrong
   */
  static byte[] decrypt(byte[] json, char[] password, String name) throws InvalidContentException {
    var document = Json.parseSecretObject(json, "private key " + name);
    var kdf = document.requiredObject("kdf");
    var cipher = document.requiredObject("cipher");
    var parameters = kdf.requiredObject("params");
    long cost = parameters.integer("N").orElse(0L);
    if (!kdf.requiredString("name").equals("scrypt")
        || !cipher.requiredString("name").equals("nacl/secretbox")
        || !COSTS.contains(cost)
        || parameters.integer("r").orElse(0L) != BLOCK_SIZE
        || parameters.integer("p").orElse(0L) != PARALLELISM) {
      throw new InvalidContentException(
          "unsupported private key " + name + ": encrypted otherwise than by cosign");
    }
    var nonce = bytes(cipher, "nonce");
    var box = bytes(document, "ciphertext");
    if (nonce.length != NONCE_SIZE || box.length < TAG_SIZE) {
      throw new InvalidContentException("invalid private key " + name + ": cut off");
    }
    var key = key(password, bytes(kdf, "salt"), (int) cost);
    var tag = Arrays.copyOf(box, TAG_SIZE);
    var content = Arrays.copyOfRange(box, TAG_SIZE, box.length);
    var stream = new XSalsa20Engine();
    var mac = mac(stream, key, nonce, content);
    if (!MessageDigest.isEqual(tag, mac)) {
      throw new IllegalArgumentException("wrong password for the private key " + name);
    }
    return transform(stream, content);
  }

  /** Encrypts a key. */
  static byte[] encrypt(byte[] content, char[] password) {
    var random = new SecureRandom();
    var salt = new byte[SALT_SIZE];
    random.nextBytes(salt);
    var nonce = new byte[NONCE_SIZE];
    random.nextBytes(nonce);
    var key = key(password, salt, COST);
    var stream = new XSalsa20Engine();
    stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    var macKey = transform(stream, new byte[KEY_SIZE]);
    var encrypted = transform(stream, content);
    var box = Arrays.copyOf(mac(macKey, encrypted), TAG_SIZE + encrypted.length);
    System.arraycopy(encrypted, 0, box, TAG_SIZE, encrypted.length);
    return Json.write(document(salt, nonce, box));
  }

  private static Map<String, Object> document(byte[] salt, byte[] nonce, byte[] box) {
    var parameters = new LinkedHashMap<String, Object>();
    parameters.put("N", COST);
    parameters.put("r", BLOCK_SIZE);
    parameters.put("p", PARALLELISM);
    var kdf = new LinkedHashMap<String, Object>();
    kdf.put("name", "scrypt");
    kdf.put("params", parameters);
    kdf.put("salt", Base64.getEncoder().encodeToString(salt));
    var cipher = new LinkedHashMap<String, Object>();
    cipher.put("name", "nacl/secretbox");
    cipher.put("nonce", Base64.getEncoder().encodeToString(nonce));
    var document = new LinkedHashMap<String, Object>();
    document.put("kdf", kdf);
    document.put("cipher", cipher);
    document.put("ciphertext", Base64.getEncoder().encodeToString(box));
    return document;
  }

  private static byte[] bytes(JsonObject json, String name) throws InvalidContentException {
    return Base64Text.decode(json.requiredString(name), json.path() + ": " + name);
  }

  private static byte[] key(char[] password, byte[] salt, int cost) {
    var encoded = UTF_8.encode(CharBuffer.wrap(password));
    var bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return SCrypt.generate(bytes, salt, cost, BLOCK_SIZE, PARALLELISM, KEY_SIZE);
  }

  /** The first 32 bytes of the key stream are the authenticator's key (NaCl, secretbox). */
  private static byte[] mac(XSalsa20Engine stream, byte[] key, byte[] nonce, byte[] content) {
    stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
    return mac(transform(stream, new byte[KEY_SIZE]), content);
  }

  private static byte[] mac(byte[] key, byte[] content) {
    var mac = new Poly1305();
    mac.init(new KeyParameter(key));
    mac.update(content, 0, content.length);
    var tag = new byte[TAG_SIZE];
    mac.doFinal(tag, 0);
    return tag;
  }

  private static byte[] transform(XSalsa20Engine stream, byte[] in) {
    var out = new byte[in.length];
    stream.processBytes(in, 0, in.length, out, 0);
    return out;
  }
}
