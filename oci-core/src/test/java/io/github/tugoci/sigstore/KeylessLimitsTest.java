package io.github.tugoci.sigstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.signature.SigningKey;
import io.github.tugoci.signature.TrustedRoot;
import io.github.tugoci.signature.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How much of what proves a signature is read: as much as the limit, and not one more. */
class KeylessLimitsTest {
  private static final Path FOLDER = Path.of("src/test/resources/sigstore");

  private static JsonObject material() throws IOException {
    return Json.parseObject(Files.readAllBytes(FOLDER.resolve("rekor2-happy-path.json")), "bundle")
        .requiredObject("verificationMaterial");
  }

  private static String root() throws IOException {
    return Files.readString(FOLDER.resolve("root-staging.json"));
  }

  /** The same with the first element of a list so many times. */
  private static JsonObject repeat(JsonObject json, String name, int times) throws IOException {
    var map = new LinkedHashMap<>(json.asMap());
    var list = (List<?>) Objects.requireNonNull(map.get(name));
    map.put(name, Collections.nCopies(times, list.get(0)));
    return json(map);
  }

  private static JsonObject json(Map<String, ?> map) throws IOException {
    return Json.parseObject(Json.write(map), "the test");
  }

  @Test
  void aBundleHas32EntriesOfLogsAtMost() throws Exception {
    assertThat(VerificationMaterial.of(repeat(material(), "tlogEntries", 32)).entries())
        .hasSize(32);
    assertThatThrownBy(() -> VerificationMaterial.of(repeat(material(), "tlogEntries", 33)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 32 tlogEntries");
  }

  @Test
  void aBundleHas32TimeStampsAtMost() throws Exception {
    assertThat(withTimestamps(32).timestamps()).hasSize(32);
    assertThatThrownBy(() -> withTimestamps(33))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 32 rfc3161Timestamps");
  }

  private static VerificationMaterial withTimestamps(int times) throws IOException {
    var map = new LinkedHashMap<>(material().asMap());
    var stamps = Collections.nCopies(times, Map.of("signedTimestamp", "AA=="));
    map.put("timestampVerificationData", Map.of("rfc3161Timestamps", stamps));
    return VerificationMaterial.of(json(map));
  }

  @Test
  void aCertificateHas64KibibytesAtMost() {
    assertThatThrownBy(() -> Certificates.parse(Bytes.of(new byte[65536]), "the certificate"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageNotContaining("64 KiB");
    assertThatThrownBy(() -> Certificates.parse(Bytes.of(new byte[65537]), "the certificate"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the certificate has more than 64 KiB");
  }

  @Test
  void aChainHasTenCertificatesAtMost() throws Exception {
    var authority =
        Json.parseObject(root().getBytes(UTF_8), "root").objects("certificateAuthorities");
    var chain = authority.get(0).requiredObject("certChain");

    assertThat(Certificates.chain(repeat(chain, "certificates", 10))).hasSize(10);
    assertThatThrownBy(() -> Certificates.chain(repeat(chain, "certificates", 11)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 10 certificates");
  }

  @Test
  void aTrustedRootHas4MebibytesAtMost() throws Exception {
    var text = root();
    var edge = text + " ".repeat((4 << 20) - text.length());

    assertThat(TrustedRoot.parse(edge, "root")).isNotNull();
    assertThatThrownBy(() -> TrustedRoot.parse(edge + " ", "root"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("trusted root root has more than 4 MiB");
  }

  @Test
  void aTrustedRootHasAHundredAuthoritiesAtMost() throws Exception {
    var root = Json.parseObject(root().getBytes(UTF_8), "root");
    var most = Bytes.of(Json.write(repeat(root, "certificateAuthorities", 100).asMap()));
    var more = Bytes.of(Json.write(repeat(root, "certificateAuthorities", 101).asMap()));

    assertThat(TrustMaterial.parse(most, "root").authorities()).hasSize(100);
    assertThatThrownBy(() -> TrustMaterial.parse(more, "root"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 100 certificateAuthorities");
  }

  @Test
  void aKeyHas64KibibytesAtMost() throws Exception {
    var pem = SigningKey.generate().publicKey().toPem();
    var edge = pem + "\n".repeat(65536 - pem.length());

    assertThat(VerificationKey.parse(edge, "cosign.pub").name()).isEqualTo("cosign.pub");
    assertThatThrownBy(() -> VerificationKey.parse(edge + "\n", "cosign.pub"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("invalid key cosign.pub: larger than 64 KiB");
  }
}
