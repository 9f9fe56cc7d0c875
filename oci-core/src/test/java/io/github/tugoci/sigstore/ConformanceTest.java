package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real bundles of the public Sigstore, its staging twin and GitHub's; see the folder's README. */
class ConformanceTest {
  private static final Path FOLDER = Path.of("src/test/resources/sigstore");

  @ParameterizedTest
  @CsvSource({
    "happy-path-v0.3, public-good, 2024-03-19T17:26:26Z",
    "happy-path-intoto-in-dsse-v3, public-good, 2024-12-16T18:42:56Z",
    "intoto-with-custom-trust-root, mock, 2023-02-01T00:00:00Z",
    "bundle-with-sct-with-extensions, bundle-with-sct-with-extensions, 2026-01-15T22:49:26Z",
    "rekor2-happy-path, staging, 2025-06-12T12:02:20Z",
    "rekor2-dsse-happy-path, staging-2026, 2026-05-13T19:23:33Z",
    "rekor2-dsse-0.0.2, staging, 2025-07-25T19:53:04Z",
    "rekor2-timestamp-without-embedded-cert, staging, 2025-08-06T19:03:51Z",
    "trust-root-tlog-validity-end-inclusive, trust-root-tlog-validity-end-inclusive,"
        + " 2023-07-12T15:56:36Z",
  })
  void isVerified(String bundle, String root, String time) throws Exception {
    var signer = verify(bundle, root);

    assertThat(signer.identity())
        .isEqualTo(
            "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
                + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main");
    assertThat(signer.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
    assertThat(signer.time()).hasToString(time);
  }

  @ParameterizedTest
  @CsvSource({
    "bundle-from-wrong-instance, public-good, the log of its entry is not in the trusted root",
    "checkpoint-bad-keyhint, public-good, checkpoint is not signed by the log",
    "checkpoint-wrong-roothash, public-good, another tree than the proof",
    "dsse-mismatch-envelope, public-good, about another payload",
    "dsse-mismatch-sig, public-good, about another signature",
    "inclusion-proof-corrupted-hash, public-good, invalid inclusion proof",
    "invalid-checkpoint-signature, public-good, checkpoint is not signed by the log",
    "invalid-ct-key, invalid-ct-key, no log of the trusted root signed a timestamp",
    "set-invalid-signature, public-good, timestamp is not signed by the log",
    "wrong-hashedrekord-cert-and-sig, public-good, about another signature",
    "intoto-expired-certificate, mock, not valid at 2023-02-01T00:00:00Z",
    "intoto-set-outside-signing-cert-validity, mock, not valid at 2023-02-02T00:00:00Z",
    "intoto-tsa-timestamp-outside-cert-validity, mock, not valid at 2023-02-02T00:00:00Z",
    "rekor2-dsse-0.0.2-mismatch-envelope, staging, about another payload",
    "rekor2-dsse-mismatch-sig, staging-2026, about another signature",
    "rekor2-no-timestamp, staging, no verified signing time",
    "rekor2-checkpoint-no-matching-signature, staging, the checkpoint is of the log",
    "rekor2-timestamp-outside-trust-root-tsa-validity,"
        + " rekor2-timestamp-outside-trust-root-tsa-validity,"
        + " the authority is not trusted at 2025-06-12T12:02:20Z",
    "rekor2-timestamp-outside-tsa-cert-validity, rekor2-timestamp-outside-tsa-cert-validity,"
        + " the authority's certificate is not valid at 2025-08-07T15:38:32Z",
    "rekor2-timestamp-payload-mismatch, staging, the time stamp is of another signature",
    "rekor2-timestamp-untrusted-tsa-with-embedded-cert, staging, not in the trusted root",
    "trust-root-tlog-missing-validity-start, trust-root-tlog-missing-validity-start,"
        + " validFor has no start",
  })
  void isRefused(String bundle, String root, String reason) {
    assertThatThrownBy(() -> verify(bundle, root))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(reason);
  }

  /** No log at all: the trusted root has none, so that a time stamp is what there can be. */
  @Test
  void aTimestampIsEnoughWhereTheRootHasNoLog() throws Exception {
    assertThat(verify("github-staging", "github-staging"))
        .hasToString(
            "SignerIdentity[identity=cody@soyland.com,"
                + " issuer=https://github.com/login/oauth, time=2023-05-16T19:58:49Z]");
  }

  @Test
  void aUsersNameIsAnIdentity() throws Exception {
    var certificate =
        bundle("othername").requiredObject("verificationMaterial").requiredObject("certificate");

    assertThat(SigningCertificate.of(ProtoJson.bytes(certificate, "rawBytes")).identity())
        .isEqualTo("foo!oidc.local");
  }

  private static JsonObject bundle(String name) throws IOException {
    return Json.parseObject(Files.readAllBytes(FOLDER.resolve(name + ".json")), name);
  }

  private static SignerIdentity verify(String name, String rootName) throws IOException {
    var file = FOLDER.resolve("root-" + rootName + ".json");
    var root = TrustMaterial.parse(Bytes.of(Files.readAllBytes(file)), rootName);
    var bundle = bundle(name);
    return KeylessVerification.verify(root, material(bundle), signed(bundle));
  }

  /** Bundles of older versions have a list of one certificate in the certificate's place. */
  private static VerificationMaterial material(JsonObject bundle) throws IOException {
    var material = new LinkedHashMap<>(bundle.requiredObject("verificationMaterial").asMap());
    if (material.remove("x509CertificateChain") instanceof Map<?, ?> chain
        && chain.get("certificates") instanceof List<?> certificates) {
      material.put("certificate", certificates.get(0));
    }
    return VerificationMaterial.of(Json.parseObject(Json.write(material), "material"));
  }

  private static SignedMessage signed(JsonObject bundle) throws IOException {
    var message = bundle.object("messageSignature");
    if (message.isPresent()) {
      var signature = ProtoJson.bytes(message.get(), "signature");
      var content = Bytes.of(Files.readAllBytes(FOLDER.resolve("a.txt")));
      return new SignedMessage(content, signature, null, signature);
    }
    var envelope = bundle.requiredObject("dsseEnvelope");
    var payload = ProtoJson.bytes(envelope, "payload");
    var signature = ProtoJson.bytes(envelope.objects("signatures").get(0), "sig");
    var type = envelope.requiredString("payloadType");
    var signed = new ByteArrayOutputStream();
    signed.writeBytes(
        "DSSEv1 %d %s %d ".formatted(type.length(), type, payload.size()).getBytes(UTF_8));
    signed.writeBytes(payload.toArray());
    return new SignedMessage(Bytes.of(signed.toByteArray()), signature, payload, signature);
  }
}
