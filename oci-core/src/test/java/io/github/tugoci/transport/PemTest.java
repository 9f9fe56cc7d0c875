package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Certificates;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  private final Path file;

  PemTest(@TempDir Path folder) {
    this.file = folder.resolve("some.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void readsAKeyOfEachKind(String algorithm) throws Exception {
    var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.writeString(
        file, "a comment\n-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");

    assertThat(Pem.privateKey(file)).isEqualTo(key);
  }

  @Test
  void readsAllCertificates() throws Exception {
    var shared = Certificates.shared();
    Files.writeString(
        file,
        Files.readString(shared.certificateFile()) + Files.readString(shared.authorityFile()));

    assertThat(Pem.certificates(file).size())
        .isGreaterThan(1)
        .isEqualTo(Pem.certificates(shared.certificateFile()).size() + 1);
  }

  /** What is as large as a file may be is read, so that only its content is wrong. */
  @Test
  void readsUpToItsLimit() throws Exception {
    Files.write(file, " ".repeat(4 << 20).getBytes(US_ASCII));

    assertThatThrownBy(() -> Pem.privateKey(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("holds no unencrypted PKCS#8 key");
  }

  @Test
  void aFaultHasItsCause() throws Exception {
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    assertThatThrownBy(() -> Pem.privateKey(file))
        .hasMessageContaining("neither RSA nor EC nor EdDSA")
        .hasCauseInstanceOf(java.security.spec.InvalidKeySpecException.class);
    Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
    assertThatThrownBy(() -> Pem.certificates(file))
        .hasMessageContaining("holds no certificate in PEM form")
        .hasCauseInstanceOf(java.security.cert.CertificateException.class);
  }
}
