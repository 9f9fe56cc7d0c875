package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is trusted, and as whom we come, over real connections. */
class TlsTest {
  private static final Certificates CERTIFICATES = Certificates.shared();

  private final Path folder;

  TlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static TransportOptions.Builder options() {
    return TransportOptions.builder().plainHttp(false);
  }

  private static TransportOptions.Builder trusting() {
    return options().caFile(CERTIFICATES.authorityFile());
  }

  private static EmbeddedRegistry registry(SSLContext tls) throws Exception {
    return EmbeddedRegistry.start(EmbeddedRegistryOptions.builder().tls(tls).build());
  }

  private static int ping(TransportOptions.Builder options, String host) throws Exception {
    try (var transport = new Transport(options.build(), Keychain.ANONYMOUS);
        var response = transport.send(Request.of("GET", host, "/v2/").build())) {
      return response.status();
    }
  }

  /** What comes of options that a server has no part in. */
  private static Throwable failure(TransportOptions.Builder options) throws Exception {
    try (var registry = registry(CERTIFICATES.serverContext())) {
      return catchThrowable(() -> ping(options, registry.host()));
    }
  }

  @Test
  void aPrivateAuthorityIsTrustedWhereItsFileIsGiven() throws Exception {
    try (var registry = registry(CERTIFICATES.serverContext())) {
      assertThat(ping(trusting(), registry.host())).isEqualTo(200);
    }
  }

  @Test
  void aProbeShowsTheHostsCertificate() throws Exception {
    try (var registry = registry(CERTIFICATES.serverContext());
        var transport = new Transport(trusting().build(), Keychain.ANONYMOUS)) {
      assertThat(List.of(transport.probe(registry.host()).certificate()))
          .isEqualTo(List.copyOf(Pem.certificates(CERTIFICATES.certificateFile())));
    }
  }

  @Test
  void severalAuthoritiesStandInOneFile() throws Exception {
    var both =
        Files.writeString(
            folder.resolve("both.pem"),
            "# ours\n"
                + Files.readString(CERTIFICATES.certificateFile())
                + Files.readString(CERTIFICATES.authorityFile()));
    try (var registry = registry(CERTIFICATES.serverContext())) {
      assertThat(ping(options().caFile(both), registry.host())).isEqualTo(200);
    }
  }

  @Test
  void anUnknownAuthorityIsRefusedAtOnceAndNamed() throws Exception {
    try (var registry = registry(CERTIFICATES.serverContext())) {
      assertThatThrownBy(() -> ping(options(), registry.host()))
          .isInstanceOfSatisfying(
              NetworkException.class, failure -> assertThat(failure.attempts()).isEqualTo(1))
          .hasMessageStartingWith("no secure connection to " + registry.host() + ": ")
          .hasMessageContaining("unable to find valid certification path");
    }
  }

  @Test
  void aCertificateForAnotherHostIsRefusedAtOnce() throws Exception {
    try (var registry = registry(CERTIFICATES.serverContextFor("registry.example"))) {
      assertThatThrownBy(() -> ping(trusting(), registry.host()))
          .isInstanceOfSatisfying(
              NetworkException.class, failure -> assertThat(failure.attempts()).isEqualTo(1))
          .hasMessageStartingWith("no secure connection to " + registry.host() + ": ")
          .hasMessageContaining("127.0.0.1");

      assertThat(ping(options().insecure(true), registry.host())).isEqualTo(200);
    }
  }

  @Test
  void insecureTakesAnyCertificate() throws Exception {
    try (var registry = registry(CERTIFICATES.serverContext())) {
      assertThat(ping(options().insecure(true), registry.host())).isEqualTo(200);
    }
  }

  @Test
  void insecureStillSpeaksTls() throws Exception {
    try (var registry = EmbeddedRegistry.start()) {
      var options = options().insecure(true).retryPolicy(RetryPolicy.defaults().withRetries(0));

      assertThatThrownBy(() -> ping(options, registry.host()))
          .isInstanceOf(NetworkException.class)
          .hasMessageStartingWith("no secure connection to " + registry.host());
    }
  }

  @Test
  void aClientsCertificateIsSentToAServerThatAsks() throws Exception {
    var client = new AtomicReference<String>();
    var server = askingForCertificates(client);
    try {
      var host = "127.0.0.1:" + server.getAddress().getPort();
      var known =
          trusting().clientCertificate(CERTIFICATES.certificateFile(), CERTIFICATES.keyFile());

      assertThat(ping(known, host)).isEqualTo(200);
      assertThat(client).hasValue("CN=localhost");

      var unknown = trusting().retryPolicy(RetryPolicy.defaults().withRetries(0));
      assertThatThrownBy(() -> ping(unknown, host)).isInstanceOf(NetworkException.class);
    } finally {
      server.stop(0);
    }
  }

  private static HttpsServer askingForCertificates(AtomicReference<String> client)
      throws Exception {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(CERTIFICATES.serverContext()) {
          @Override
          public void configure(HttpsParameters parameters) {
            var asking = getSSLContext().getDefaultSSLParameters();
            asking.setNeedClientAuth(true);
            parameters.setSSLParameters(asking);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          client.set(((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no certificate in PEM form",
    "not a certificate, holds no certificate in PEM form",
    "-----BEGIN CERTIFICATE-----, holds no certificate in PEM form",
    "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', holds no certificate",
  })
  void aFileWithoutCertificatesIsNamed(String content, String fault) throws Exception {
    var file = Files.writeString(folder.resolve("ca.pem"), content);

    assertThat(failure(options().caFile(file)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "not a key, holds no unencrypted PKCS#8 key",
    "'-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', openssl pkcs8",
    "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----', PKCS#8",
    "'-----BEGIN PRIVATE KEY-----\nAAA=A\n-----END PRIVATE KEY-----', holds a malformed key",
    "'-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', neither RSA nor EC nor EdDSA",
  })
  void aFileWithoutAKeyIsNamed(String content, String fault) throws Exception {
    var file = Files.writeString(folder.resolve("key.pem"), content);
    var options = trusting().clientCertificate(CERTIFICATES.certificateFile(), file);

    assertThat(failure(options))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(fault)
        .hasMessageNotContaining("AAA");
  }

  @Test
  void aFileThatIsMissingOrFarTooLargeIsNamed() throws Exception {
    var large = Files.write(folder.resolve("large"), new byte[(4 << 20) + 1]);

    assertThat(failure(options().caFile(folder.resolve("missing"))))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
    assertThat(failure(options().caFile(large)))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("too large for a PEM file");
  }
}
