package io.github.tugoci.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we sign, GnuPG verifies; what GnuPG and Helm sign, we verify. */
class ProvenanceIT {
  private static final String ALICE = "Alice <alice@example.com>";
  private static final String FILE = "hello-1.0.0.tgz";
  private static final String PASSPHRASE = "open sesame";

  private final Path folder;
  private final Path home;

  /** The agent's socket has a short path: a socket's must not be long. */
  ProvenanceIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    var owners = PosixFilePermissions.fromString("rwx------");
    this.home = Files.createTempDirectory("gpg", PosixFilePermissions.asFileAttribute(owners));
  }

  @BeforeEach
  void makeKeys() throws Exception {
    Interop.requireProgram("gpg");
    gpg("--quick-gen-key", ALICE, "rsa2048", "cert,sign", "never").expectSuccess();
    gpg("--output", secret().toString(), "--export-secret-keys").expectSuccess();
    gpg("--output", exported().toString(), "--export").expectSuccess();
  }

  @AfterEach
  void endAgent() throws Exception {
    Program.of("gpgconf", "--homedir", home.toString(), "--kill", "all").run();
  }

  private Program.Result gpg(String... arguments) throws Exception {
    return Program.of("gpg", "--homedir", home.toString(), "--batch", "--quiet")
        .with("--pinentry-mode", "loopback", "--passphrase", PASSPHRASE)
        .with(arguments)
        .run();
  }

  private void addSigningSubkey() throws Exception {
    var fingerprint =
        gpg("--list-keys", "--with-colons")
            .expectSuccess()
            .lines()
            .filter(line -> line.startsWith("fpr:"))
            .map(line -> line.split(":", -1)[9])
            .findFirst()
            .orElseThrow();
    gpg("--quick-add-key", fingerprint, "ed25519", "sign", "never").expectSuccess();
    gpg("--yes", "--output", secret().toString(), "--export-secret-keys").expectSuccess();
    gpg("--yes", "--output", exported().toString(), "--export").expectSuccess();
  }

  private Path secret() {
    return folder.resolve("secret.gpg");
  }

  private Path exported() {
    return folder.resolve("public.gpg");
  }

  private ChartArchive archive() throws IOException {
    return ChartPackager.reproducible()
        .write(Chart.read(SampleCharts.write(folder, "hello", "1.0.0")), folder);
  }

  private static Provenance verify(Path file, Path keyring) throws IOException {
    return Provenance.verify(
        Bytes.of(Files.readAllBytes(file)),
        file.toString(),
        Keyring.open(keyring),
        InstantSource.system());
  }

  private Path sign(ChartArchive archive) throws IOException {
    var signer =
        ProvenanceSigner.open(secret(), "Alice", PASSPHRASE::toCharArray, InstantSource.system());
    return Files.write(folder.resolve(FILE + ".prov"), signer.sign(archive).toArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gnupgVerifiesWhatWeSign(boolean subkey) throws Exception {
    if (subkey) {
      addSigningSubkey();
    }
    var file = sign(archive());
    assertThat(gpg("--verify", file.toString()).expectExit(0).err()).contains(ALICE);
    assertThat(verify(file, exported()).signer().userIds()).containsExactly(ALICE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void weVerifyWhatGnupgSigns(boolean subkey) throws Exception {
    if (subkey) {
      addSigningSubkey();
    }
    var archive = archive();
    var text = Files.writeString(folder.resolve("text"), Provenance.text(archive));
    var file = folder.resolve("by-gpg.prov");
    gpg("--output", file.toString(), "--clearsign", text.toString()).expectSuccess();
    for (var keyring : new Path[] {exported(), home.resolve("pubring.kbx")}) {
      assertThat(verify(file, keyring).check(FILE, archive.path()))
          .isEqualTo(archive.descriptor().digest());
    }
  }

  @Test
  void weVerifyWhatHelmSigns() throws Exception {
    var into = Files.createDirectories(folder.resolve("by-helm"));
    var passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    var chart = SampleCharts.write(folder, "hello", "1.0.0");
    HelmOracle.signChart(chart, into, secret(), "Alice", passphrase);

    var provenance = verify(into.resolve(FILE + ".prov"), exported());
    assertThat(provenance.signer().userIds()).containsExactly(ALICE);
    assertThat(provenance.check(FILE, into.resolve(FILE)))
        .isEqualTo(ChartArchive.open(into.resolve(FILE)).descriptor().digest());
    assertThat(provenance.metadata().toYaml()).isEqualTo(archive().metadata().toYaml());
  }

  @Test
  void whatWeSignSaysWhatHelmSays() throws Exception {
    var into = Files.createDirectories(folder.resolve("by-helm"));
    var passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE + "\n");
    var chart = SampleCharts.write(folder, "hello", "1.0.0");
    HelmOracle.signChart(chart, into, secret(), "Alice", passphrase);
    var ours = sign(ChartArchive.open(into.resolve(FILE)));

    assertThat(textOf(ours)).isEqualTo(textOf(into.resolve(FILE + ".prov")));
  }

  private static String textOf(Path file) throws IOException {
    return ClearSigned.parse(Bytes.of(Files.readAllBytes(file)), file.toString()).text();
  }

  @Test
  void aKeyThatItsOwnerRevokedIsRefused() throws Exception {
    var file = sign(archive());
    String revocation;
    try (var files = Files.list(home.resolve("openpgp-revocs.d"))) {
      revocation = Files.readString(files.findFirst().orElseThrow());
    }
    var usable =
        Files.writeString(
            folder.resolve("revocation"),
            revocation.substring(revocation.indexOf(":-----BEGIN") + 1));
    gpg("--import", usable.toString()).expectSuccess();
    gpg("--yes", "--output", exported().toString(), "--export").expectSuccess();
    assertThatThrownBy(() -> verify(file, exported()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the key was revoked");
  }
}
