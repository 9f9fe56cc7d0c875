package io.github.tugoci.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.TestKey;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenanceTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String FILE = "hello-1.0.0.tgz";

  private final Path folder;
  private final ChartArchive archive;

  ProvenanceTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    var chart = SampleCharts.write(folder, "hello", "1.0.0");
    archive = ChartPackager.reproducible().write(Chart.read(chart), folder);
  }

  private Bytes sign(TestKey key) throws IOException {
    return ProvenanceSigner.open(
            key.writeSecret(folder.resolve("secret.gpg")), "Alice", () -> new char[0], CLOCK)
        .sign(archive);
  }

  private Keyring keyring(TestKey key) throws IOException {
    return Keyring.open(key.writePublic(folder.resolve("public.gpg")));
  }

  private static Provenance verify(Bytes file, Keyring keyring) throws IOException {
    return Provenance.verify(file, FILE + ".prov", keyring, CLOCK);
  }

  private static void assertRefused(Bytes file, Keyring keyring, String why) {
    assertThatThrownBy(() -> verify(file, keyring))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void whatIsSignedIsVerified() throws Exception {
    var key = TestKey.of("Alice <alice@example.com>");
    var provenance = verify(sign(key), keyring(key));

    assertThat(provenance.signer().userIds()).containsExactly("Alice <alice@example.com>");
    assertThat(provenance.signer().fingerprint()).matches("[0-9A-F]{40}");
    assertThat(provenance.metadata()).hasToString("hello-1.0.0");
    assertThat(provenance.files()).isEqualTo(Map.of(FILE, archive.descriptor().digest()));
    assertThat(provenance.check(FILE, archive.path())).isEqualTo(archive.descriptor().digest());
  }

  @Test
  void theTextIsHelms() throws Exception {
    var text = new String(sign(TestKey.of("Alice")).toArray(), UTF_8);
    assertThat(text)
        .startsWith("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nannotations:\n")
        .contains("\n- - https://example.com/hello.git\n")
        .contains(
            "\nversion: 1.0.0\n\n...\nfiles:\n  %s: %s\n-----BEGIN PGP SIGNATURE-----\n"
                .formatted(FILE, archive.descriptor().digest()))
        .endsWith("\n-----END PGP SIGNATURE-----\n");
  }

  @Test
  void aSubkeyThatItsOwnerKnowsSigns() throws Exception {
    var key = TestKey.of("Alice").withSubkey(true);
    var provenance = sign(key);
    assertThat(verify(provenance, keyring(key)).signer().userIds()).containsExactly("Alice");
  }

  @Test
  void aSubkeyThatDoesNotSayWhoseItIsIsRefused() throws Exception {
    var key = TestKey.of("Alice").withSubkey(false);
    assertRefused(sign(key), keyring(key), "the subkey is not bound to the primary key");
  }

  @Test
  void aKeyringMayBeArmored() throws Exception {
    var key = TestKey.of("Alice");
    var armored = new ByteArrayOutputStream();
    try (var armor = ArmoredOutputStream.builder().build(armored)) {
      key.secret().toCertificate().encode(armor);
    }
    var file = Files.write(folder.resolve("alice.asc"), armored.toByteArray());
    assertThat(verify(sign(key), Keyring.open(file)).signer().userIds()).containsExactly("Alice");
  }

  @Test
  void aKeyringOfSecretKeysHoldsThePublicOnesToo() throws Exception {
    var key = TestKey.of("Alice");
    var provenance = sign(key);
    assertThat(verify(provenance, Keyring.open(folder.resolve("secret.gpg"))).files()).hasSize(1);
  }

  @Test
  void aStrangersSignatureIsRefused() throws Exception {
    assertRefused(sign(TestKey.of("Alice")), keyring(TestKey.of("Alice")), "unknown signer");
  }

  @ParameterizedTest
  @CsvSource({
    "version: 1.0.0, version: 1.0.1",
    "sha256:, sha256:0",
    "- - https:, - - http:",
    "'\n...\n', '\n....\n'",
  })
  void aChangedTextIsRefused(String before, String after) throws Exception {
    var key = TestKey.of("Alice");
    var text = new String(sign(key).toArray(), UTF_8);
    assertThat(text).contains(before);
    assertRefused(
        Bytes.of(text.replace(before, after)), keyring(key), "the text was changed afterwards");
  }

  @Test
  void linesMayEndAsOnAnotherSystem() throws Exception {
    var key = TestKey.of("Alice");
    var text = new String(sign(key).toArray(), UTF_8).replace("\n", " \r\n");
    assertThat(verify(Bytes.of(text), keyring(key)).files()).containsKey(FILE);
  }

  @Test
  void whatStandsAroundIsNobodysWord() throws Exception {
    var key = TestKey.of("Alice");
    var signed = new String(sign(key).toArray(), UTF_8);
    var around = "...\nfiles:\n  evil-1.tgz: sha256:0\n" + signed + "\n...\nfiles:\n  evil: x\n";
    assertThat(verify(Bytes.of(around), keyring(key)).files()).containsOnlyKeys(FILE);
  }

  @Test
  void aKeyThatHasExpiredIsRefused() throws Exception {
    var key = new TestKey("Alice", Duration.between(TestKey.MADE, NOW).plusSeconds(1), null);
    var provenance = sign(key);
    var keyring = keyring(key);
    assertThat(verify(provenance, keyring).files()).hasSize(1);
    assertThatThrownBy(
            () ->
                Provenance.verify(
                    provenance, "p", keyring, InstantSource.fixed(NOW.plusSeconds(2))))
        .hasMessage("p is signed by Alice, but the key has expired");
  }

  @Test
  void aKeyThatWasRevokedIsRefused() throws Exception {
    var key = TestKey.of("Alice");
    var file = TestKey.writePublic(folder.resolve("revoked.gpg"), key.revoked());
    assertRefused(sign(key), Keyring.open(file), "the key was revoked");
  }

  @Test
  void aRenamedFileIsNotTheOneThatWasSigned() throws Exception {
    var key = TestKey.of("Alice");
    var provenance = verify(sign(key), keyring(key));
    assertThatThrownBy(() -> provenance.check("other-1.0.0.tgz", archive.path()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("speaks of " + FILE + ", not of other-1.0.0.tgz");
  }

  @Test
  void aChangedFileIsRefused() throws Exception {
    var key = TestKey.of("Alice");
    var provenance = verify(sign(key), keyring(key));
    var other = Files.writeString(folder.resolve("other"), "something else");
    assertThatThrownBy(() -> provenance.check(FILE, other))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("should be " + archive.descriptor().digest());
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "no provenance",
    "'-----BEGIN PGP SIGNED MESSAGE-----'",
    "'-----BEGIN PGP SIGNED MESSAGE-----\n\na\n-----BEGIN PGP SIGNATURE-----'",
    "'-----BEGIN PGP SIGNED MESSAGE-----\n\na\n-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----'",
    "'-----BEGIN PGP SIGNED MESSAGE-----\n\na\n-----BEGIN PGP SIGNATURE-----\n\n!!!!\n-----END PGP SIGNATURE-----'",
    "'-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n-----BEGIN PGP SIGNED MESSAGE-----\n\n'",
  })
  void whatIsNoProvenanceIsRefused(String text) throws Exception {
    assertRefused(Bytes.of(text), keyring(TestKey.of("Alice")), "hello-1.0.0.tgz.prov");
  }

  @ParameterizedTest
  @CsvSource({"''", "this is no keyring", "'\u0000\u0001\u0002'", "'01234567KBXf89'"})
  void whatIsNoKeyringIsRefused(String text) throws Exception {
    var file = Files.writeString(folder.resolve("no.gpg"), text);
    assertThatThrownBy(() -> Keyring.open(file))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("no.gpg");
  }

  @Test
  void aKeyIsFoundByItsOwnerOrItsFingerprint() throws Exception {
    var file =
        new TestKey("Alice <alice@example.com>", null, null).writeSecret(folder.resolve("s"));
    var other = TestKey.of("Bob").secret();
    Files.write(file, other.getEncoded(), APPEND);
    var fingerprint = HexFormat.of().formatHex(other.getPublicKey().getFingerprint());

    for (var name : new String[] {"alice@", "Bob", fingerprint, fingerprint.substring(24)}) {
      assertThat(ProvenanceSigner.open(file, name, () -> new char[0], CLOCK).sign(archive).size())
          .isPositive();
    }
    for (var name : new String[] {"Carol", ""}) {
      assertThatThrownBy(() -> ProvenanceSigner.open(file, name, () -> new char[0], CLOCK))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("one is needed");
    }
  }

  @Test
  void aPassphraseOpensAKeyAndAnotherDoesNot() throws Exception {
    var file = new TestKey("Alice", null, "open sesame").writeSecret(folder.resolve("locked.gpg"));
    assertThat(
            ProvenanceSigner.open(file, "Alice", "open sesame"::toCharArray, CLOCK)
                .sign(archive)
                .size())
        .isPositive();
    assertThatThrownBy(() -> ProvenanceSigner.open(file, "Alice", "sesame"::toCharArray, CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("locked.gpg")
        .hasMessageNotContaining("sesame");
  }

  @Test
  void aPullKeepsOnlyWhatIsSigned() throws Exception {
    var key = TestKey.of("Alice");
    Files.write(folder.resolve(FILE + ".prov"), sign(key).toArray());
    var store = new MemoryStore();
    Charts.push(store, ChartArchive.open(archive.path()), ChartPushOptions.defaults());

    var good = folder.resolve("good");
    Charts.pull(store, new Tag("1.0.0"), good, checkedBy(keyring(key)));
    assertThat(good.resolve(FILE)).hasSameBinaryContentAs(archive.path());
    assertThat(good.resolve(FILE + ".prov")).exists();

    var bad = folder.resolve("bad");
    assertThatThrownBy(
            () ->
                Charts.pull(
                    store, new Tag("1.0.0"), bad, checkedBy(keyring(TestKey.of("Mallory")))))
        .isInstanceOf(InvalidContentException.class);
    assertThat(bad).isEmptyDirectory();
  }

  private static ChartPullOptions checkedBy(Keyring keyring) {
    return ChartPullOptions.builder()
        .check((name, file, bytes) -> verify(bytes, keyring).check(name, file))
        .build();
  }
}
