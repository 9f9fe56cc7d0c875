package io.github.tugoci.transport;

import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Who is trusted, and as whom we come. It is set up with the first TLS connection: reading the
 * system's certificates takes longer than a request.
 */
final class Tls implements TlsSocketStrategy {
  private static final int MAX_HOSTS = 1000;

  /** Whether {@link #precomputeCurve} has been called in this process. */
  private static final AtomicBoolean PRECOMPUTED = new AtomicBoolean();

  private final TransportOptions options;
  private final RecentMap<String, X509Certificate> certificates = new RecentMap<>(MAX_HOSTS);
  private @Nullable TlsSocketStrategy strategy;

  Tls(TransportOptions options) {
    this.options = options;
  }

  /**
   * Starts to compute the JDK's tables for P-256, once per process, in another thread. JSSE offers
   * every server a key share on that curve, and the tables for the first key take a third of the
   * handshake. Connecting and reading the trusted certificates take as long, and run meanwhile.
   */
  static void precomputeCurve() {
    if (!PRECOMPUTED.getAndSet(true)) {
      var thread = new Thread(Tls::generateKey, "tug-tls");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void generateKey() {
    try {
      var keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(new ECGenParameterSpec("secp256r1"));
      keys.generateKeyPair();
    } catch (GeneralSecurityException | ProviderException e) {
      // Nothing is lost but time: the handshake reports it if it needs such a key.
    }
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    var secure = strategy().upgrade(socket, target, port, attachment, context);
    if (secure.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
      certificates.put(target, certificate);
    }
    return secure;
  }

  /** What a host has shown last. */
  @Nullable X509Certificate certificate(String host) {
    return certificates.get(host);
  }

  private synchronized TlsSocketStrategy strategy() throws IOException {
    if (strategy == null) {
      strategy =
          options.insecure()
              ? new DefaultClientTlsStrategy(
                  context(), HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE)
              : new DefaultClientTlsStrategy(context());
    }
    return strategy;
  }

  private SSLContext context() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS can't be set up: " + e.getMessage(), e);
    }
  }

  private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
    var certificate = options.certificateFile();
    var key = options.keyFile();
    if (certificate == null || key == null) {
      return null;
    }
    var password = new char[0];
    var store = emptyStore();
    store.setKeyEntry(
        "client",
        Pem.privateKey(key),
        password,
        Pem.certificates(certificate).toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trust() throws IOException, GeneralSecurityException {
    if (options.insecure()) {
      return new TrustManager[] {new TrustAll()};
    }
    var file = options.caFile();
    if (file == null) {
      return null;
    }
    var store = emptyStore();
    int count = 0;
    for (var manager : trustManagers(null)) {
      if (manager instanceof X509TrustManager system) {
        for (var certificate : system.getAcceptedIssuers()) {
          store.setCertificateEntry("system-" + count++, certificate);
        }
      }
    }
    for (var certificate : Pem.certificates(file)) {
      store.setCertificateEntry("added-" + count++, certificate);
    }
    return trustManagers(store);
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * What {@code --insecure} asks for. The extended class, as the JDK would check the plain one's
   * work.
   */
  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
