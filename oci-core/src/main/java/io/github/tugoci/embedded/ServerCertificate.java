package io.github.tugoci.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server's certificate chain and key. */
final class ServerCertificate {
  private ServerCertificate() {}

  /** TLS with what two PEM files hold. */
  static SSLContext read(Path certificates, Path key) throws IOException {
    var found = PemFile.read(certificates).certificates();
    var pem = PemFile.read(key);
    // Which algorithm an old key has stands in its certificate.
    for (var certificate : found) {
      var privateKey = pem.privateKey(certificate.getPublicKey());
      if (privateKey.isPresent() && belongs(privateKey.get(), certificate.getPublicKey())) {
        return context(privateKey.get(), chain(certificate, found), key);
      }
    }
    throw new FileSystemException(
        key.toString(), null, "the key does not belong to a certificate in " + certificates);
  }

  private static SSLContext context(PrivateKey key, List<X509Certificate> chain, Path file)
      throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, new char[0], chain.toArray(Certificate[]::new));
      return context(store, new char[0]);
    } catch (GeneralSecurityException e) {
      throw PemFile.fault(file, "cannot use the key for TLS: " + e.getMessage(), e);
    }
  }

  /** TLS with what a key store holds. */
  static SSLContext context(KeyStore store, char[] keyPassword) throws GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, keyPassword);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static boolean belongs(PrivateKey key, PublicKey certified) {
    var text = new byte[] {1, 2, 3};
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      var signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(text);
      var signed = signature.sign();
      signature.initVerify(certified);
      signature.update(text);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      // it is of another kind
      return false;
    }
  }

  /** The certificates in the order in which each vouches for the one before, without others. */
  private static List<X509Certificate> chain(X509Certificate leaf, List<X509Certificate> found) {
    var chain = new ArrayList<X509Certificate>();
    for (@Nullable X509Certificate next = leaf; next != null && !chain.contains(next); ) {
      chain.add(next);
      next = issuer(next, found).orElse(null);
    }
    return chain;
  }

  private static Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> found) {
    return found.stream()
        .filter(
            certificate ->
                certificate.getSubjectX500Principal().equals(of.getIssuerX500Principal()))
        .filter(certificate -> !certificate.equals(of))
        .findFirst();
  }
}
