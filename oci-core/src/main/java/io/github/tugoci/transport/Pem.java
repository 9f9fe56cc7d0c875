package io.github.tugoci.transport;

import io.github.tugoci.file.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Certificates and keys from PEM files (RFC 7468). */
final class Pem {
  private static final int MAX_SIZE = 4 << 20;
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private Pem() {}

  static Collection<? extends Certificate> certificates(Path file) throws IOException {
    try {
      var found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(read(file)));
      if (found.isEmpty()) {
        throw new FileSystemException(file.toString(), null, "holds no certificate in PEM form");
      }
      return found;
    } catch (CertificateException e) {
      throw fault(file, "holds no certificate in PEM form", e);
    }
  }

  static PrivateKey privateKey(Path file) throws IOException {
    var text = new String(read(file), StandardCharsets.US_ASCII);
    var match = KEY.matcher(text);
    if (!match.find()) {
      throw new FileSystemException(
          file.toString(),
          null,
          "holds no unencrypted PKCS#8 key; make one with: openssl pkcs8 -topk8 -nodes -in OLD");
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(match.group(1));
    } catch (IllegalArgumentException e) {
      throw fault(file, "holds a malformed key", e);
    }
    GeneralSecurityException last = null;
    for (var algorithm : new String[] {"RSA", "EC", "EdDSA"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        last = e;
      }
    }
    throw fault(file, "holds a key that is neither RSA nor EC nor EdDSA", last);
  }

  private static byte[] read(Path file) throws IOException {
    var bytes = InputFile.read(file, MAX_SIZE + 1);
    if (bytes.length > MAX_SIZE) {
      throw new FileSystemException(file.toString(), null, "is too large for a PEM file");
    }
    return bytes;
  }

  private static FileSystemException fault(Path file, String what, @Nullable Exception cause) {
    var fault = new FileSystemException(file.toString(), null, what);
    fault.initCause(cause);
    return fault;
  }
}
