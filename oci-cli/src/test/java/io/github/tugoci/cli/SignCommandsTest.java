package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tug key}, {@code sign}, {@code verify}, {@code attest}, {@code verify-attestation}. */
class SignCommandsTest {
  private final Path folder;
  private final Run run;

  @AutoClose private EmbeddedRegistry registry;
  private String app;

  SignCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home")).variable("COSIGN_PASSWORD", "secret pw");
  }

  @BeforeEach
  void push() throws Exception {
    registry = EmbeddedRegistry.start();
    app = registry.host() + "/acme/app:1";
    var images =
        SampleImages.in(folder.resolve("images")).image("one", 100).index("all", "linux/amd64");
    run.tug("image", "push", images.reference("one"), app).ok();
    run.tug("image", "push", images.reference("all"), registry.host() + "/acme/all:1").ok();
    run.tug("key", "generate", "--output-key-prefix", folder.resolve("ours")).ok();
    run.tug("key", "generate", "--output-key-prefix", folder.resolve("other")).ok();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  @Test
  void aKeyPairIsMadeOnce() throws Exception {
    var again = run.tug("key", "generate", "--output-key-prefix", file("ours")).failed(8);

    assertThat(again.err()).contains("ours.key already exists");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("ours.key"))))
        .isEqualTo("rw-------");
    assertThat(run.tug("key", "public", file("ours.key")).ok().out())
        .isEqualTo(Files.readString(file("ours.pub")));
    var made =
        run.tug("key", "generate", "--output-key-prefix", file("third"), "--format=json").ok();
    assertThat(made.json().requiredString("fingerprint")).startsWith("sha256:");
    assertThat(made.out() + made.err()).doesNotContain("secret pw");
  }

  @Test
  void whatIsSignedIsVerified() throws Exception {
    var signed = run.tug("sign", app, "--key", file("ours.key"), "-a", "commit=3f2c9e1").ok();
    var verified = run.tug("verify", app, "--key", file("ours.pub"), "-a", "commit=3f2c9e1").ok();

    assertThat(signed.out()).startsWith("Signed: " + registry.host() + "/acme/app@sha256:");
    assertThat(verified.out())
        .startsWith("Verified: " + app + "\nDigest: sha256:")
        .contains("Signed by: " + file("ours.pub") + " (sha256:", "  commit=3f2c9e1\n");
    assertThat(run.tug("sign", app, "--key", file("ours.key"), "-a", "commit=3f2c9e1").ok().out())
        .startsWith("Signed before: ");
    var json = run.tug("verify", app, "--key", file("ours.pub"), "--format=json").ok().json();
    var signature = json.objects("signatures").get(0);
    assertThat(signature.requiredString("format")).isEqualTo("bundle");
    assertThat(signature.stringMap("annotations")).containsEntry("commit", "3f2c9e1");
  }

  @Test
  void whatIsNotSignedEndsWithFive() {
    run.tug("sign", app, "--key", file("other.key"), "--signature-format=legacy").ok();
    var refused = run.tug("verify", app, "--key", file("ours.pub")).failed(5);

    assertThat(refused.err())
        .contains("tug: no valid signature of " + registry.host() + "/acme/app@sha256:")
        .contains("it is signed by none of the keys", "hint: don't use it");
    assertThat(run.tug("verify", app, "--key", file("ours.pub"), "--format=json").failed(5).err())
        .contains("\"exit\" : 5");
    run.tug("verify", app + "2", "--key", file("ours.pub")).failed(3);
    run.tug("verify", app, "--key", file("ours.pub"), "--key", file("other.pub")).ok();
    run.tug("verify", app, "--key", file("ours.pub"), "--key", file("other.pub"), "--threshold=2")
        .failed(5);
  }

  @Test
  void aRecursiveSignatureIsOnEachImageOfAnIndex() throws Exception {
    var all = registry.host() + "/acme/all:1";
    var signed = run.tug("sign", all, "--key", file("ours.key"), "-r", "--format=json").ok().json();

    assertThat(signed.objects("signed")).hasSize(2);
    for (var one : signed.objects("signed")) {
      run.tug("verify", one.requiredString("reference"), "--key", file("ours.pub")).ok();
    }
  }

  @Test
  void anAttestationIsVerifiedByItsType() throws Exception {
    var sbom = Files.writeString(file("sbom.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
    for (var format : new String[] {"bundle", "legacy"}) {
      run.tug(
              "attest",
              app,
              "--predicate",
              sbom,
              "--type=spdxjson",
              "--key",
              file("ours.key"),
              "--signature-format",
              format)
          .ok();
    }
    var verified =
        run.tug(
                "verify-attestation",
                app,
                "--type=https://spdx.dev/Document",
                "--key",
                file("ours.pub"),
                "--output=payload")
            .ok();

    assertThat(verified.out())
        .contains("\"predicateType\":\"https://spdx.dev/Document\"")
        .endsWith("\"predicate\":{\"spdxVersion\":\"SPDX-2.3\"}}\n");
    run.tug("verify-attestation", app, "--type=cyclonedx", "--key", file("ours.pub")).failed(5);
    run.tug("verify", app, "--key", file("ours.pub")).failed(5);
    run.tug("verify-attestation", app, "--type=none", "--key", file("ours.pub")).failed(2);
    Files.writeString(sbom, "no JSON");
    run.tug("attest", app, "--predicate", sbom, "--type=spdxjson", "--key", file("ours.key"))
        .failed(2);
  }

  @Test
  void keysComeFromVariablesToo() throws Exception {
    run.variable("SIGNING_KEY", Files.readString(file("ours.key")))
        .variable("PUBLIC_KEY", Files.readString(file("ours.pub")));
    run.tug("sign", app, "--key=env://SIGNING_KEY").ok();

    assertThat(run.tug("verify", app, "--key=env://PUBLIC_KEY").ok().out())
        .contains("Signed by: env://PUBLIC_KEY");
    assertThat(run.tug("verify", app, "--key=env://NONE").failed(2).err())
        .contains("env://NONE: the variable isn't set");
    assertThat(run.tug("sign", app, "--key=awskms://x").failed(2).err())
        .contains("unsupported key awskms://x");
  }

  @Test
  void passwordsAreRightOrTold() throws Exception {
    var password = Files.writeString(file("password"), "secret pw\n");
    var nobody = Run.in(folder.resolve("home"));
    var unset = nobody.tug("sign", app, "--key", file("ours.key")).failed(2);

    assertThat(unset.err()).contains("missing password of the encrypted key");
    nobody.tug("sign", app, "--key", file("ours.key"), "--password-file", password).ok();
    var wrong =
        nobody
            .variable("COSIGN_PASSWORD", "a guess")
            .tug("sign", app, "--key", file("ours.key"))
            .failed(2);
    assertThat(wrong.err()).contains("wrong password").doesNotContain("a guess");
    assertThat(run.tug("sign", app, "--key", file("ours.pub")).failed(2).err())
        .contains("its PEM block is of type PUBLIC KEY");
    assertThat(run.tug("verify", app, "--key", file("ours.key")).failed(2).err())
        .contains("ENCRYPTED SIGSTORE PRIVATE KEY");
    nobody.tug("verify", app, "--key", file("none.pub")).failed(3);
  }

  /** Of two values of one key the last would count: a verification would ask for less. */
  @Test
  void anAnnotationHasAKeyAndOneValue() {
    for (var verb : new String[] {"sign", "verify"}) {
      assertThat(run.tug(verb, app, "--key=k", "-a", "a=1", "-a", "a=2").failed(2).err())
          .contains("invalid --annotation \"a=2\": the key has another value too");
      assertThat(run.tug(verb, app, "--key=k", "-a", "=1").failed(2).err())
          .contains("invalid --annotation \"=1\": missing key");
    }
    run.tug("sign", app, "--key", file("ours.key"), "-a", "a=1", "-a", "a=1", "-a", "b=1=2").ok();
    run.tug("verify", app, "--key", file("ours.pub"), "-a", "b=1=2").ok();
  }

  @Test
  void aPredicateIsAFileOfAType() {
    var attest = new Object[] {"attest", app, "--key", file("ours.key")};

    assertThat(run.tug(with(attest, "--type=spdxjson", "--predicate", file(""))).failed(2).err())
        .contains("invalid predicate", "a directory");
    assertThat(run.tug(with(attest, "--type=spdxjson", "--predicate=/dev/zero")).failed(2).err())
        .contains("larger than 12 MiB");
    assertThat(
            run.tug(with(attest, "--type=x:\u001b[31m", "--predicate", file("ours.pub")))
                .failed(2)
                .err())
        .contains("invalid predicate type");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  @Test
  void aDirectoryIsNotAKey() throws Exception {
    assertThat(run.tug("verify", app, "--key", file("")).failed(2).err()).contains("a directory");
    assertThat(run.tug("verify", app, "--key=").failed(2).err()).contains("missing key");
    var password = run.tug("sign", app, "--key", file("ours.key"), "--password-file", file(""));
    assertThat(password.failed(2).err()).contains("invalid password file", "a directory");
    for (var prefix : new String[] {"", file("keys") + "/"}) {
      assertThat(run.tug("key", "generate", "--output-key-prefix=" + prefix).failed(2).err())
          .contains("invalid --output-key-prefix");
    }
  }

  @Test
  void whatARefusedVerificationFoundIsToldInJsonToo() throws Exception {
    run.tug("sign", app, "--key", file("other.key")).ok();
    run.tug("sign", app, "--key", file("other.key"), "-a", "a=b").ok();

    var told = run.tug("verify", app, "--key", file("ours.pub"), "--format=json").failed(5).err();

    assertThat(
            Json.parseObject(told.getBytes(UTF_8), "the error")
                .requiredObject("error")
                .strings("refused"))
        .hasSize(2)
        .allMatch(one -> one.matches("referrer sha256:[0-9a-f]{64}: it is signed by none.*"));
  }

  @Test
  void anotherOptionThatKnowsTheWordIsNamed() {
    assertThat(run.tug("sign", app, "--key=k", "--format", "legacy").failed(2).err())
        .contains("hint: did you mean \"--signature-format legacy\"?");
    assertThat(run.tug("sign", app, "--key=k", "--format", "yaml").failed(2).err())
        .contains("hint: see \"tug sign --help\"");
    assertThat(run.tug("sign", app, "--key=k", "-a", "noequals").failed(2).err())
        .contains("tug: value for option '--annotation' (KEY=VALUE) should be in KEY=VALUE format");
  }

  @Test
  void theTextOfAKeyInPlaceOfItsFileIsNotPrinted() throws Exception {
    var key = Files.readString(file("ours.key"));
    var body = key.lines().skip(1).findFirst().orElseThrow();

    for (var place : new String[] {key, "env://" + key, body + "\n"}) {
      assertThat(run.tug("sign", app, "--key=" + place).failed(2).err())
          .contains("invalid key: it is the text of a key")
          .doesNotContain(body);
      assertThat(run.tug("verify", app, "--key=" + place).failed(2).err()).doesNotContain(body);
      assertThat(run.tug("key", "public", place).failed(2).err()).doesNotContain(body);
    }
  }
}
