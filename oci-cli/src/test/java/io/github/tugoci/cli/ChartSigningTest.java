package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.TestKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts that are signed, and verified. */
class ChartSigningTest {
  private static final String ALICE = "Alice <alice@example.com>";

  @AutoClose private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final Path folder;
  private final Run run;
  private final Path secret;
  private final Path keyring;
  private final Path chart;

  ChartSigningTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    var key = new TestKey(ALICE, null, "open sesame");
    secret = key.writeSecret(folder.resolve("secret.gpg"));
    keyring = key.writePublic(folder.resolve("public.gpg"));
    chart = SampleCharts.write(folder, "hello", "1.0.0");
  }

  private Path signed() {
    run.input("open sesame\n")
        .tug(
            "chart",
            "package",
            chart,
            "-d",
            folder,
            "--sign",
            "--key=alice@",
            "--keyring=" + secret,
            "--passphrase-file=-")
        .ok();
    return folder.resolve("hello-1.0.0.tgz");
  }

  private String charts() {
    return "oci://" + registry.host() + "/acme/charts";
  }

  @Test
  void aSignedPackageIsVerified() throws Exception {
    var outcome =
        run.tug("chart", "verify", signed(), "--keyring", keyring, "--format", "json").ok();
    var json = outcome.json();
    assertThat(json.strings("signers")).containsExactly(ALICE);
    assertThat(json.requiredString("name")).isEqualTo("hello");
    assertThat(json.requiredString("fingerprint")).hasSize(40);
    assertThat(
            run.tug("chart", "verify", folder.resolve("hello-1.0.0.tgz"), "--keyring", keyring)
                .out())
        .startsWith("Signed by: " + ALICE + System.lineSeparator() + "Fingerprint: ");
  }

  @Test
  void theSignatureGoesAlongAndAPullVerifiesIt() throws Exception {
    run.tug("chart", "push", signed(), charts()).ok();
    var out = folder.resolve("out");
    var pulled =
        run.tug("chart", "pull", charts() + "/hello", "-d", out, "--verify", "--keyring", keyring)
            .ok();
    assertThat(pulled.err()).contains("Signed by: " + ALICE);
    assertThat(out).isDirectoryContaining("glob:**.tgz").isDirectoryContaining("glob:**.prov");
  }

  @Test
  void aPullKeepsNothingThatAStrangerSigned() throws Exception {
    run.tug("chart", "push", signed(), charts()).ok();
    var stranger = TestKey.of("Mallory").writePublic(folder.resolve("mallory.gpg"));
    var out = folder.resolve("out");
    var pulled =
        run.tug("chart", "pull", charts() + "/hello", "-d", out, "--verify", "--keyring", stranger)
            .failed(5);
    assertThat(pulled.err()).contains("unknown signer of ", "not found in " + stranger);
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void anUnsignedChartIsNotPulledWhereASignatureIsWanted() throws Exception {
    run.tug("chart", "push", chart, charts()).ok();
    var out = folder.resolve("out");
    run.tug("chart", "pull", charts() + "/hello", "-d", out, "--verify", "--keyring", keyring)
        .failed(3);
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void gnupgsKeyringIsTheDefault() throws Exception {
    var gnupg = Files.createDirectories(folder.resolve("home/.gnupg"));
    var archive = signed();
    assertThat(run.tug("chart", "verify", archive).failed(2).err()).contains("--keyring");
    Files.copy(keyring, gnupg.resolve("pubring.gpg"));
    run.tug("chart", "verify", archive).ok();
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    var packaged = new Object[] {"chart", "package", chart, "-d", folder};
    assertThat(with(packaged, "--sign").failed(2).err()).contains("--key NAME");
    assertThat(with(packaged, "--key", "alice@").failed(2).err()).contains("--sign");
    assertThat(with(packaged, "--sign", "--key", "alice@").failed(2).err())
        .contains("secring.gpg", "gpg --export-secret-keys");
    assertThat(with(packaged, "--sign", "--key", "bob@", "--keyring", secret).failed(3).err())
        .contains("0 secret keys that fit \"bob@\"");
    assertThat(with(packaged, "--sign", "--key", "alice@", "--keyring", secret).failed(2).err())
        .contains("--passphrase-file");
    assertThat(folder).isDirectoryNotContaining("glob:**.tgz");

    run.tug(packaged).ok();
    assertThat(
            run.tug("chart", "verify", folder.resolve("hello-1.0.0.tgz"), "--keyring", keyring)
                .failed(2)
                .err())
        .contains("no .prov file beside ");
    assertThat(run.tug("chart", "pull", charts() + "/hello", "--keyring", keyring).failed(2).err())
        .contains("add --verify");
  }

  private Run.Outcome with(Object[] words, Object... more) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return run.tug(all.toArray());
  }

  @Test
  void aWrongPassphraseSignsNothing() throws Exception {
    var outcome =
        run.input("sesame")
            .tug(
                "chart",
                "package",
                chart,
                "-d",
                folder,
                "--sign",
                "--key=alice@",
                "--keyring=" + secret,
                "--passphrase-file=-")
            .failed(2);
    assertThat(outcome.err()).contains("wrong passphrase for the key").doesNotContain("sesame");
    assertThat(folder).isDirectoryNotContaining("glob:**.tgz");
  }
}
