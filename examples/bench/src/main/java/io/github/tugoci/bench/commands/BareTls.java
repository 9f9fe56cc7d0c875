package io.github.tugoci.bench.commands;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One request over TLS, with nothing but the JDK's socket. */
final class BareTls {
  private BareTls() {}

  /** Sends a request and gives the answer's head. */
  static String ask(String host, Path authority, String request)
      throws IOException, GeneralSecurityException {
    try (var socket = connect(host, trusting(authority))) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return Bare.head(socket.getInputStream());
    }
  }

  private static Socket connect(String host, SSLContext tls) throws IOException {
    var parts = host.split(":", 2);
    return tls.getSocketFactory().createSocket(parts[0], Integer.parseInt(parts[1]));
  }

  private static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    return tls;
  }
}
