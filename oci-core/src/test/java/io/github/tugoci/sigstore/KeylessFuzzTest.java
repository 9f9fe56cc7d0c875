package io.github.tugoci.sigstore;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an attacker writes beside a signature is refused, and breaks nothing. */
class KeylessFuzzTest {
  private static final Path FOLDER = Path.of("src/test/resources/sigstore");
  private static final Instant TIME = Instant.parse("2025-06-12T12:02:20Z");

  private static JsonObject bundle() throws IOException {
    return Json.parseObject(Files.readAllBytes(FOLDER.resolve("rekor2-happy-path.json")), "bundle");
  }

  private static JsonObject material() throws IOException {
    return bundle().requiredObject("verificationMaterial");
  }

  private static TrustMaterial root() throws IOException {
    var text = Bytes.of(Files.readAllBytes(FOLDER.resolve("root-staging.json")));
    return TrustMaterial.parse(text, "root");
  }

  private static Fuzz fuzz(String name) {
    return Fuzz.of(name).may(InvalidContentException.class);
  }

  @Test
  void certificates() throws Exception {
    var root = root();
    var authority = root.authorities().get(0);
    var signature = ProtoJson.bytes(bundle().requiredObject("messageSignature"), "signature");
    fuzz("certificate")
        .seed(ProtoJson.bytes(material().requiredObject("certificate"), "rawBytes").toArray())
        .run(
            input -> {
              var certificate = SigningCertificate.of(Bytes.of(input));
              certificate.signed(Bytes.of("message"), signature);
              check(certificate::identity);
              check(certificate::issuer);
              check(() -> authority.issuer(certificate.certificate(), TIME, "1.2.3"));
              CertificateTimestamps.verify(
                  certificate.certificate(), authority.chain().get(0), root.certificateLogs());
              certificate.checkUsage();
            });
  }

  /** Does one thing of several, which may fail each. */
  private interface Step {
    Object run() throws InvalidContentException;
  }

  private static void check(Step step) {
    try {
      step.run();
    } catch (InvalidContentException e) {
      // As it should be.
    }
  }

  @Test
  void timestamps() throws Exception {
    var authority = root().timestampAuthorities().get(0);
    var stamps = material().requiredObject("timestampVerificationData");
    var stamp = stamps.objects("rfc3161Timestamps").get(0);
    fuzz("timestamp")
        .seed(ProtoJson.bytes(stamp, "signedTimestamp").toArray())
        .run(
            input -> {
              var token = TimestampToken.parse(Bytes.of(input));
              var signer = token.signer(authority);
              if (signer.isPresent()) {
                check(
                    () -> {
                      token.verify(Bytes.of("signature"), signer.get(), authority);
                      return token;
                    });
              }
            });
  }

  @Test
  void logEntries() throws Exception {
    var logs = root().signatureLogs();
    fuzz("log-entry")
        .seed(Json.write(material().objects("tlogEntries").get(0).asMap()))
        .run(
            input -> {
              var entry = LogEntry.of(Json.parseObject(input, "entry"));
              entry.verify(logs.get(1));
            });
  }

  @Test
  void trustedRoots() throws Exception {
    fuzz("trusted-root")
        .seed(Files.readAllBytes(FOLDER.resolve("root-mock.json")))
        .run(input -> TrustMaterial.parse(Bytes.of(input), "root"));
  }
}
