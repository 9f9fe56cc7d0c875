package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.file.InputFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of a PEM file (RFC 7468): certificates, and keys in the three forms that are in use.
 */
final class PemFile {
  private static final int MAX_SIZE = 4 << 20;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*(?:-[^-]+)*)-----END \\1-----");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final byte[] VERSION_0 = {2, 1, 0};

  private record Block(String label, String text) {}

  private final Path file;
  private final List<Block> blocks;

  private PemFile(Path file, List<Block> blocks) {
    this.file = file;
    this.blocks = blocks;
  }

  static PemFile read(Path file) throws IOException {
    var bytes = InputFile.read(file, MAX_SIZE + 1);
    if (bytes.length > MAX_SIZE) {
      throw new FileSystemException(file.toString(), null, "too large for a PEM file");
    }
    var blocks = new ArrayList<Block>();
    var match = BLOCK.matcher(new String(bytes, ISO_8859_1));
    while (match.find()) {
      blocks.add(new Block(match.group(1), match.group(2)));
    }
    return new PemFile(file, blocks);
  }

  /** The certificates; at least one. */
  List<X509Certificate> certificates() throws IOException {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : blocks) {
      if (block.label.equals("CERTIFICATE")) {
        certificates.add(certificate(block));
      }
    }
    if (certificates.isEmpty()) {
      throw new FileSystemException(file.toString(), null, "no PEM certificate in it");
    }
    return certificates;
  }

  private X509Certificate certificate(Block block) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(decode(block)));
    } catch (CertificateException e) {
      throw fault(file, "malformed certificate", e);
    }
  }

  /**
   * The key to a certificate.
   *
   * @return empty if it is of another kind than the certificate's
   * @throws IOException if it holds no key, or the key is encrypted or malformed
   */
  Optional<PrivateKey> privateKey(PublicKey certified) throws IOException {
    for (var block : blocks) {
      if (block.label.equals("ENCRYPTED PRIVATE KEY") || block.text.contains("ENCRYPTED")) {
        throw new FileSystemException(
            file.toString(),
            null,
            "the key is encrypted; decrypt it with: openssl pkey -in FILE -out NEW");
      }
      if (block.label.endsWith("PRIVATE KEY")) {
        return privateKey(block, certified);
      }
    }
    throw new FileSystemException(file.toString(), null, "no PEM private key in it");
  }

  private Optional<PrivateKey> privateKey(Block block, PublicKey certified) throws IOException {
    var der = decode(block);
    var algorithms =
        switch (block.label) {
          case "PRIVATE KEY" -> List.of("RSA", "EC", "EdDSA");
          case "RSA PRIVATE KEY" -> List.of("RSA");
          case "EC PRIVATE KEY" -> List.of("EC");
          default ->
              throw new FileSystemException(
                  file.toString(), null, "unsupported key: " + block.label);
        };
    if (algorithms.size() == 1) {
      if (!certified.getAlgorithm().equals(algorithms.get(0))) {
        return Optional.empty();
      }
      der = pkcs8(der, certified);
    }
    GeneralSecurityException last = null;
    for (var algorithm : algorithms) {
      try {
        return Optional.of(
            KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw fault(file, "malformed private key, or neither RSA nor EC nor EdDSA", last);
  }

  private byte[] decode(Block block) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(block.text);
    } catch (IllegalArgumentException e) {
      throw fault(file, "malformed Base64 in " + block.label, e);
    }
  }

  /** PKCS #8 for a key of RSA's or EC's own form: the same with its algorithm (RFC 5958). */
  private static byte[] pkcs8(byte[] key, PublicKey certified) {
    // a public key's encoding is a sequence of the same algorithm and the bits (RFC 5280, 4.1)
    var info = certified.getEncoded();
    int algorithm = contentAt(info, 0);
    int end = contentAt(info, algorithm) + length(info, algorithm);
    var body = new ByteArrayOutputStream();
    body.writeBytes(VERSION_0);
    body.write(info, algorithm, end - algorithm);
    body.writeBytes(der(OCTET_STRING, key));
    return der(SEQUENCE, body.toByteArray());
  }

  private static int contentAt(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] der(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.length;
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (39 - Integer.numberOfLeadingZeros(length)) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static FileSystemException fault(Path file, String what, @Nullable Exception cause) {
    var fault = new FileSystemException(file.toString(), null, what);
    fault.initCause(cause);
    return fault;
  }
}
