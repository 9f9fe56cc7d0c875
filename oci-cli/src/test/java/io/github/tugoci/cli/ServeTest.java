package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tug serve} refuses before it listens. {@code ServeIT} has what it serves. */
class ServeTest {
  private final Path temp;

  ServeTest(@TempDir Path temp) {
    this.temp = temp;
  }

  private Run.Outcome refused(Object... args) {
    var all = new Object[args.length + 1];
    all[0] = "serve";
    System.arraycopy(args, 0, all, 1, args.length);
    return Run.in(temp).tug(all).failed(2);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  @Test
  void aHashThatIsNotBcryptIsRefusedWithWhatToDo() throws Exception {
    var users = write("users", "ada:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n");

    assertThat(refused("--htpasswd", users).err())
        .contains(users + ":1: user \"ada\" has a SHA-1 hash; only bcrypt is supported")
        .contains("hint: add users with: htpasswd -B " + users + " USER")
        .doesNotContain("5en6G6");
  }

  @Test
  void tokensNeedUsers() {
    assertThat(refused("--tokens").err())
        .contains("--tokens requires users")
        .contains("--htpasswd");
  }

  @Test
  void aCertificateAndItsKeyComeTogether() {
    var certificates = Certificates.shared();

    assertThat(refused("--tls-cert", certificates.certificateFile()).err())
        .contains("--tls-cert and --tls-key must be used together")
        .contains("add --tls-key FILE");
    assertThat(refused("--tls-key", certificates.keyFile()).err()).contains("add --tls-cert FILE");
  }

  @Test
  void anEncryptedKeyIsRefusedWithWhatToDo() throws Exception {
    var key =
        write(
            "key.pem",
            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");

    assertThat(
            refused("--tls-cert", Certificates.shared().certificateFile(), "--tls-key", key).err())
        .contains(key + ": the key is encrypted")
        .contains("openssl pkey");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var missing = temp.resolve("nothing");

    assertThat(Run.in(temp).tug("serve", "--htpasswd", missing).failed(3).err())
        .contains(missing + " not found");
  }

  @Test
  void noConnectionsAreTooFew() {
    assertThat(refused("--max-connections", "0").err()).contains("invalid --max-connections 0");
  }
}
