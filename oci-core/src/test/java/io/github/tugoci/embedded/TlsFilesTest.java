package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Program;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with a certificate and a key from PEM files, in the forms that openssl and others write. */
class TlsFilesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static Path shared = Path.of("");
  private static KeyStore store;

  private final Path folder;

  TlsFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void makeKeys(@TempDir Path folder) throws Exception {
    shared = folder;
    keytool("root", "EC", "secp256r1", "-ext", "bc:c");
    keytool("middle", "EC", "secp256r1", "-ext", "bc:c", "-signer", "root");
    for (var key : List.of("RSA 2048", "EC secp256r1", "EC secp384r1", "Ed25519 ", "other 2048")) {
      var parts = key.split(" ", -1);
      var alias = (parts[0] + parts[1]).toLowerCase(Locale.ROOT);
      var algorithm = parts[0].equals("other") ? "RSA" : parts[0];
      keytool(alias, algorithm, parts[1], "-ext", "san=ip:127.0.0.1", "-signer", "middle");
    }
    store = KeyStore.getInstance(shared.resolve("store.p12").toFile(), PASSWORD);
  }

  private static void keytool(String alias, String algorithm, String size, String... more)
      throws Exception {
    var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var program =
        Program.of(tool, "-genkeypair", "-keystore", shared.resolve("store.p12").toString())
            .with("-storetype", "PKCS12", "-storepass", "changeit", "-alias", alias)
            .with("-keyalg", algorithm, "-validity", "2", "-dname", "CN=" + alias)
            .with(more);
    if (!size.isEmpty()) {
      program.with(algorithm.equals("EC") ? "-groupname" : "-keysize", size);
    }
    program.run().expectSuccess();
  }

  private static PrivateKey key(String alias) throws Exception {
    return (PrivateKey) store.getKey(alias, PASSWORD);
  }

  private static String certificate(String alias) throws Exception {
    return pem("CERTIFICATE", store.getCertificate(alias).getEncoded());
  }

  private static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, new String(base64, US_ASCII));
  }

  /** A key's own form: what PKCS #8 wraps, as its last element. */
  private static byte[] unwrapped(byte[] pkcs8) {
    for (int at = 10; at < pkcs8.length - 4; at++) {
      int first = pkcs8[at + 1] & 0xff;
      if (pkcs8[at] != 4 || first > 0x82) {
        continue;
      }
      int head = first < 0x80 ? 2 : 2 + (first & 0x7f);
      int length = first < 0x80 ? first : 0;
      for (int i = 2; i < head; i++) {
        length = (length << 8) | (pkcs8[at + i] & 0xff);
      }
      if (at + head + length == pkcs8.length) {
        return Arrays.copyOfRange(pkcs8, at + head, pkcs8.length);
      }
    }
    throw new AssertionError("no octet string at the end");
  }

  private Path write(String name, String... texts) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("", texts));
  }

  /** Serves with two files; gives the chain that a client who trusts the root sees. */
  private List<X509Certificate> served(Path certificates, Path key) throws Exception {
    var options = EmbeddedRegistryOptions.builder().tls(certificates, key).build();
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("root", store.getCertificate("root"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (var registry = EmbeddedRegistry.start(options);
        var socket =
            (SSLSocket)
                context.getSocketFactory().createSocket("127.0.0.1", registry.uri().getPort())) {
      socket.startHandshake();
      var chain = new ArrayList<X509Certificate>();
      for (var certificate : socket.getSession().getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
      return chain;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, PRIVATE KEY",
    "rsa2048, RSA PRIVATE KEY",
    "ecsecp256r1, PRIVATE KEY",
    "ecsecp256r1, EC PRIVATE KEY",
    "ecsecp384r1, EC PRIVATE KEY",
    "ed25519, PRIVATE KEY",
  })
  void everyFormOfAKeyServes(String alias, String label) throws Exception {
    var der = key(alias).getEncoded();
    var key = pem(label, label.equals("PRIVATE KEY") ? der : unwrapped(der));
    var parameters = pem("EC PARAMETERS", new byte[] {6, 1, 1});
    var chain =
        served(
            write("cert.pem", certificate(alias), certificate("middle")),
            write("key.pem", "a comment\n", parameters, key.replace("\n", "\r\n")));
    assertThat(chain)
        .containsExactly(
            (X509Certificate) store.getCertificate(alias),
            (X509Certificate) store.getCertificate("middle"));
  }

  @Test
  void theChainIsPutInOrderWithoutWhatDoesNotBelongToIt() throws Exception {
    var certificates =
        write(
            "cert.pem",
            certificate("root"),
            certificate("other2048"),
            certificate("middle"),
            certificate("rsa2048"),
            certificate("middle"));
    assertThat(
            served(certificates, write("key.pem", pem("PRIVATE KEY", key("rsa2048").getEncoded()))))
        .extracting(certificate -> certificate.getSubjectX500Principal().getName())
        .containsExactly("CN=rsa2048", "CN=middle", "CN=root");
  }

  @Test
  void oneFileMayHoldBoth() throws Exception {
    var both =
        write(
            "both.pem",
            pem("PRIVATE KEY", key("rsa2048").getEncoded()),
            certificate("rsa2048"),
            certificate("middle"));
    assertThat(served(both, both)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,00

        AAAA
        -----END RSA PRIVATE KEY-----
        """,
      })
  void anEncryptedKeyIsRefusedAsSuch(String key) throws Exception {
    refused(write("cert.pem", certificate("rsa2048")), write("key.pem", key), "is encrypted");
  }

  @Test
  void whatDoesNotServeIsToldByFile() throws Exception {
    var certificate = write("cert.pem", certificate("rsa2048"));
    var key = write("key.pem", pem("PRIVATE KEY", key("rsa2048").getEncoded()));
    refused(key, key, "no PEM certificate");
    refused(certificate, certificate, "no PEM private key");
    refused(write("empty.pem"), key, "no PEM certificate");
    refused(
        certificate,
        write("other.pem", pem("PRIVATE KEY", key("other2048").getEncoded())),
        "does not belong to a certificate in " + certificate);
    refused(
        certificate,
        write("ec.pem", pem("EC PRIVATE KEY", unwrapped(key("ecsecp256r1").getEncoded()))),
        "does not belong");
    refused(certificate, write("bad.pem", pem("PRIVATE KEY", new byte[] {1, 2})), "malformed");
    refused(certificate, write("bad.pem", pem("RSA PRIVATE KEY", new byte[9])), "malformed");
    refused(certificate, write("dsa.pem", pem("DSA PRIVATE KEY", new byte[9])), "unsupported key");
    refused(write("bad.pem", pem("CERTIFICATE", new byte[9])), key, "malformed certificate");
    assertThatThrownBy(() -> EmbeddedRegistryOptions.builder().tls(folder.resolve("no"), key))
        .isInstanceOf(NoSuchFileException.class);
  }

  private static void refused(Path certificates, Path key, String why) {
    assertThatThrownBy(() -> EmbeddedRegistryOptions.builder().tls(certificates, key))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(why);
  }
}
