package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.fixture.sigstore.FakeSigstore;
import io.github.tugoci.fixture.sigstore.KeylessRecipe;
import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tug deploy} wants signed, and what it does with what isn't. */
class DeploySignaturesTest extends DeployScene {
  private static final String ALL = "pinTags: true\nsignatures:\n  all: {keys: [build.pub]}\n";

  private String api;
  private String web;
  private String chart;

  DeploySignaturesTest(@TempDir Path folder) throws IOException {
    super(folder);
  }

  @BeforeEach
  void keys() throws Exception {
    run.variable("COSIGN_PASSWORD", "pw");
    for (var name : new String[] {"build", "review", "stranger"}) {
      run.tug("key", "generate", "--output-key-prefix", folder.resolve(name)).ok();
    }
    api = host + "/acme/app/api:1";
    web = host + "/acme/app/web:2";
    chart = "oci://" + host + "/acme/charts/hello:" + VERSION;
  }

  private void sign(String key, String... references) {
    for (var reference : references) {
      run.tug("sign", reference, "--key", folder.resolve(key + ".key")).ok();
    }
  }

  private String refused(int exit) throws IOException {
    int lines = Files.exists(folder.resolve("policy.yaml.audit.jsonl")) ? audit().size() : 0;
    var failed = deploy().failed(exit);
    assertThat(tools.calls("kubectl")).isEmpty();
    assertThat(audit()).hasSize(lines + 1);
    var line = audit().get(lines);
    assertThat(line.requiredString("result")).isEqualTo("refused");
    assertThat(failed.err()).contains(line.requiredString("error"));
    return failed.err();
  }

  @Test
  void whatIsSignedIsDeployedByItsDigestAndTheAuditNamesTheKey() throws Exception {
    policy(ALL);
    sign("build", api, web, chart);

    var deployed = deploy("--format=json").ok();

    var signers = audit().get(0).object("signedBy").orElseThrow();
    for (var key : new String[] {"api", "web", "worker", "chart"}) {
      assertThat(signers.strings(key)).singleElement().asString().startsWith("build.pub sha256:");
    }
    assertThat(audit().get(0).requiredString("result")).isEqualTo("applied");
    assertThat(deployed.json().object("signedBy").orElseThrow().asMap()).isEqualTo(signers.asMap());
    int apply = tools.calls("kubectl").indexOf(APPLY);
    assertThat(new String(tools.input("kubectl", apply), UTF_8))
        .contains("2@" + digest, "1@" + digest);
  }

  @Test
  void whatSomebodyElsePushedIsRefusedBeforeAnythingIsTouched() throws Exception {
    policy(ALL);
    sign("build", web, chart);
    assertThat(refused(5)).contains("no valid signature of " + host + "/acme/app/api@");

    sign("stranger", api);
    assertThat(refused(5)).contains("it is signed by none of the keys");

    sign("build", api);
    // Somebody with a push token moves the tag to an image of his own.
    var others = SampleImages.in(folder.resolve("evil")).image("x", 50);
    run.tug("image", "push", others.reference("x"), api).ok();
    assertThat(refused(5)).contains("/acme/app/api@" + others.descriptor("x").digest());
    run.tug("image", "push", images.reference("one"), api).ok();
    deploy().ok();
  }

  @Test
  void aChartThatNobodySignedIsRefused() throws Exception {
    policy(ALL);
    sign("build", api, web);

    assertThat(refused(5)).contains("no valid signature of " + host + "/acme/charts/hello@");
  }

  @Test
  void whoSignsWithoutAKeyIsNamed() throws Exception {
    var sigstore = new FakeSigstore();
    Files.writeString(folder.resolve("trusted_root.json"), sigstore.trustedRoot());
    policy(
        """
        pinTags: true
        signatures:
          all: {keys: [build.pub]}
          api:
            identityRegexp: https://github\\.com/acme/app/.*
            issuer: %s
            trustedRoot: trusted_root.json
        """
            .formatted(KeylessRecipe.ISSUER));
    sign("build", api, web, chart);
    assertThat(refused(5)).contains("it is signed with a key, not with a certificate");

    var statement =
        ("{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"digest\":{\"sha256\":\"%s\"}}],"
                + "\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}")
            .formatted(run.tug("resolve", api).ok().out().strip().replaceAll(".*sha256:", ""));
    var type = "application/vnd.dev.sigstore.bundle.v0.3+json";
    var bundle = folder.resolve("bundle.json");
    Files.write(bundle, Json.write(sigstore.recipe().bundle(statement)));
    run.tug("artifact", "attach", api, bundle + ":" + type, "--artifact-type", type).ok();
    deploy().ok();

    assertThat(audit().get(1).object("signedBy").orElseThrow().strings("api"))
        .containsExactly(KeylessRecipe.IDENTITY + " " + KeylessRecipe.ISSUER);
  }

  @Test
  void thresholdAnnotationsAndAttestationsAreAskedFor() throws Exception {
    var sbom = Files.writeString(folder.resolve("sbom.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
    policy(
        """
        signatures:
          chart: {keys: [build.pub, review.pub], threshold: 2}
          api:
            keys: [build.pub]
            annotations: {env: production}
            attestations: [spdxjson]
          web: unsigned
          worker: unsigned
        """);
    sign("build", api, chart);
    assertThat(refused(5)).contains("it lacks the annotation env=production");

    run.tug("sign", api, "--key", folder.resolve("build.key"), "-a", "env=production").ok();
    assertThat(refused(5)).contains("no valid attestation of type https://spdx.dev/Document");

    run.tug(
            "attest",
            api,
            "--type=spdxjson",
            "--predicate",
            sbom,
            "--key",
            folder.resolve("build.key"))
        .ok();
    assertThat(refused(5)).contains("1 of 2 needed");

    sign("review", chart);
    deploy("--dry-run").ok();
    assertThat(audit().get(3).object("signedBy").orElseThrow().strings("chart")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|signatures.chart is missing",
        "{chart: unsigned, api: {keys: [build.pub]}, worker: unsigned}|signatures.web is missing",
        "{all: {keys: []}}|signatures.all.keys must name at least one",
        "{all: {keys: [build.pub], threshold: 2}}|signatures.all.threshold must be 1 to 1",
        "{all: {keys: [build.pub], threshold: 0}}|signatures.all.threshold must be 1 to 1",
        "{all: {keys: [build.pub], treshold: 1}}|unknown key signatures.all.treshold",
        "{all: {key: build.pub}}|unknown key signatures.all.key",
        "{all: {keys: [build.pub]}, api: {key: build.pub}}|unknown key signatures.api.key",
        "{al: {keys: [build.pub]}}|unknown key signatures.al",
        "{all: {identity: a, isuer: b}}|unknown key signatures.all.isuer",
        "{all: {identity: a, issuer: b}}|signatures.all.trustedRoot is missing beside identity",
        "{all: {issuer: b, trustedRoot: c}}|signatures.all.identity is missing beside issuer",
        "{all: {identity: a, trustedRoot: c}}|signatures.all.issuer is missing beside identity",
        "{all: {identityRegexp: '[', issuer: b}}|signatures.all.identity is invalid: Unclosed",
        "{all: {keys: [build.pub], attestations: [sbom]}}|signatures.all.attestations has an invalid"
            + " predicate type",
        "{all: unsigned}|signatures.all must be a map",
        "{all: {keys: [build.pub]}, web: unsigned, worker: unsigned, other: unsigned}|unknown key signatures.other",
        "{all: {keys: [build.pub]}, api: maybe}|signatures.api must be a map, or the word unsigned",
        "{all: {keys: [build.pub]}, chart: unsigned}|web asks for signatures of an image that is"
            + " deployed by its tag",
      })
  void aPolicyThatLeavesSomethingOpenIsNone(String signatures, String says) throws Exception {
    policy("signatures: " + signatures + "\n");

    assertThat(deploy().failed(2).err()).contains(says);
    assertThat(tools.calls("kubectl")).isEmpty();
  }

  @Test
  void aKeyThatIsMissingOrNoneRefusesAll() throws Exception {
    policy(ALL);
    sign("build", api, web, chart);
    Files.move(folder.resolve("build.pub"), folder.resolve("gone.pub"));
    deploy().failed(3);
    Files.writeString(folder.resolve("build.pub"), "");
    assertThat(deploy().failed(2).err()).contains("not a PEM block");
    Files.copy(
        folder.resolve("build.key"),
        folder.resolve("build.pub"),
        StandardCopyOption.REPLACE_EXISTING);
    deploy().failed(2);
    assertThat(tools.calls("kubectl")).isEmpty();
  }
}
