package io.github.tugoci.cli;

import static io.github.tugoci.fixture.sigstore.KeylessRecipe.IDENTITY;
import static io.github.tugoci.fixture.sigstore.KeylessRecipe.ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.sigstore.FakeSigstore;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tug verify} and {@code verify-attestation} of what was signed without a key. */
class KeylessCommandsTest {
  private static final FakeSigstore SIGSTORE = new FakeSigstore();
  private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private final Path folder;
  private final Path root;
  private final Run run;

  @AutoClose private EmbeddedRegistry registry;
  private String app;

  KeylessCommandsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.root = Files.writeString(folder.resolve("trusted_root.json"), SIGSTORE.trustedRoot());
  }

  @BeforeEach
  void push() throws Exception {
    registry = EmbeddedRegistry.start();
    app = registry.host() + "/acme/app:1";
    var images = SampleImages.in(folder.resolve("images")).image("one", 100);
    run.tug("image", "push", images.reference("one"), app).ok();
  }

  /** Attaches a bundle that says a kind of statement about the image. */
  private void attach(String predicateType) throws Exception {
    var digest = run.tug("resolve", app, "--format=json").ok().json().requiredString("digest");
    var statement =
        ("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"%s\"}}],"
                + "\"predicateType\":\"%s\",\"predicate\":{}}")
            .formatted(digest.substring("sha256:".length()), predicateType);
    var bundle = Json.write(SIGSTORE.recipe().bundle(statement));
    var file = Files.write(folder.resolve("bundle.json"), bundle);
    run.tug("artifact", "attach", app, file + ":" + BUNDLE, "--artifact-type", BUNDLE).ok();
  }

  private Run.Outcome verify(String command, String... more) {
    var args =
        new ArrayList<Object>(
            List.of(
                command,
                app,
                "--trusted-root",
                root,
                "--certificate-identity",
                IDENTITY,
                "--certificate-oidc-issuer",
                ISSUER));
    args.addAll(List.of(more));
    return run.tug(args.toArray());
  }

  @Test
  void whoSignedIsVerifiedAndNamed() throws Exception {
    attach("https://sigstore.dev/cosign/sign/v1");

    assertThat(verify("verify").ok().out())
        .contains("Signed by: %s (issuer %s, at 2024-05-01T12:01:00Z)".formatted(IDENTITY, ISSUER));
    var json = verify("verify", "--format=json").ok().json().objects("signatures").get(0);
    assertThat(json.requiredString("identity")).isEqualTo(IDENTITY);
    assertThat(json.requiredString("issuer")).isEqualTo(ISSUER);
    assertThat(json.requiredString("signedAt")).isEqualTo("2024-05-01T12:01:00Z");
    assertThat(json.asMap()).doesNotContainKeys("key", "fingerprint");
    verify("verify-attestation", "--type=slsaprovenance1").failed(5);
  }

  @Test
  void anAttestationIsVerified() throws Exception {
    attach("https://slsa.dev/provenance/v1");

    assertThat(verify("verify-attestation", "--type=slsaprovenance1").ok().out())
        .contains("Signed by: " + IDENTITY);
    verify("verify").failed(5);
  }

  @Test
  void anExpressionMatchesTheWhole() throws Exception {
    attach("https://sigstore.dev/cosign/sign/v1");
    for (var expression : new String[] {"https://github\\.com/acme/.*", "acme"}) {
      var result =
          run.tug(
              "verify",
              app,
              "--trusted-root",
              root,
              "--certificate-identity-regexp",
              expression,
              "--certificate-oidc-issuer-regexp",
              "https://token\\.actions\\..*");
      if (expression.equals("acme")) {
        assertThat(result.failed(5).err())
            .contains("it is signed by " + IDENTITY + ", not by acme");
      } else {
        result.ok();
      }
    }
  }

  @Test
  void aKeyBesideAnIdentityCountsToo() throws Exception {
    attach("https://sigstore.dev/cosign/sign/v1");
    run.variable("COSIGN_PASSWORD", "");
    run.tug("key", "generate", "--output-key-prefix", folder.resolve("ours")).ok();
    var key = folder.resolve("ours.pub").toString();

    verify("verify", "--key", key).ok();
    assertThat(verify("verify", "--key", key, "--threshold=2").failed(5).err())
        .contains("1 of 2 needed");
    assertThat(run.tug("verify", app, "--key", key).failed(5).err())
        .contains("it is signed with a certificate, not with a key");
    run.tug("sign", app, "--key", folder.resolve("ours.key")).ok();
    verify("verify", "--key", key, "--threshold=2").ok();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|missing required option --key or --certificate-identity",
        "--certificate-identity=a|missing required option --certificate-oidc-issuer",
        "--certificate-oidc-issuer=a|missing required option --certificate-identity",
        "--certificate-identity=a --certificate-oidc-issuer=b|missing required option"
            + " --trusted-root",
        "--certificate-identity=a --certificate-identity-regexp=b|invalid --certificate-identity:"
            + " both a text and",
        "--certificate-identity-regexp=[|invalid --certificate-identity: Unclosed",
        "--certificate-identity= --certificate-oidc-issuer=a|invalid --certificate-identity: an"
            + " empty",
        "--certificate-identity=a --certificate-oidc-issuer=b --trusted-root=.|a directory",
      })
  void whatIsMissingIsNamed(String options, String message) {
    var args = new ArrayList<Object>(List.of("verify", app));
    if (options != null) {
      args.addAll(List.of(options.split(" ")));
    }
    assertThat(run.tug(args.toArray()).failed(2).err()).contains(message);
  }

  @Test
  void aFileThatIsNoTrustedRootIsRefused() throws Exception {
    Files.writeString(root, "{\"mediaType\":\"application/json\"}");

    assertThat(verify("verify").failed(2).err())
        .contains("unsupported media type application/json", "hint: name the trusted_root.json");
    Files.delete(root);
    assertThat(verify("verify").failed(3).err()).contains("trusted_root.json");
  }
}
