package io.github.tugoci.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.KnownHost;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What signing and verifying take where the registry is met for the first time. */
class SigningRequestsTest {
  private final SigningKey key = SigningKey.generate();

  @SuppressWarnings("NullAway.Init") // start
  @AutoClose
  private EmbeddedRegistry registry;

  @SuppressWarnings("NullAway.Init") // start
  @AutoClose
  private RecordingProxy wire;

  @SuppressWarnings("NullAway.Init") // start
  private Descriptor image;

  private void start(EmbeddedRegistryOptions.Builder options) throws Exception {
    registry = EmbeddedRegistry.start(options.build());
    wire = RecordingProxy.before(registry.uri());
    try (var client = client(HostMemory.NONE)) {
      image = ForgeStage.image(client.repository(wire.host() + "/acme/app"), "app");
    }
    wire.reset();
  }

  private RegistryClient client(HostMemory memory) {
    return RegistryClient.create(
        TransportOptions.builder().hostMemory(memory).build(),
        Keychain.of(wire.host(), new Credential.Password("bob", "builder", "the test")));
  }

  private List<String> sign(SignatureFormat format, HostMemory memory) throws Exception {
    wire.reset();
    try (var client = client(memory)) {
      var repository = client.repository(wire.host() + "/acme/app");
      var store = (Repository) repository.withPushScope(repository);
      var found = store.resolve(image.digest().toString());
      Signer.of(key, SignOptions.builder().format(format).build())
          .sign(store, found, store.toString());
    }
    return requests();
  }

  private List<String> verify() throws Exception {
    wire.reset();
    try (var client = client(HostMemory.NONE)) {
      var store = client.repository(wire.host() + "/acme/app");
      var policy = new VerificationPolicy(List.of(key.publicKey()), 1, Map.of());
      Verifier.verify(store, store.resolve(image.digest().toString()).digest(), policy);
    }
    return requests();
  }

  private List<String> requests() {
    return wire.exchanges().stream()
        .map(
            exchange ->
                "%s %s %d"
                    .formatted(
                        exchange.method(),
                        exchange
                            .target()
                            .replaceAll("/v2/acme/app/|\\?.*", "")
                            .replaceAll("sha256:.*", "@")
                            .replaceAll("sha256-[0-9a-f]*", "TAG")
                            .replaceAll("uploads/.+", "uploads/1"),
                        exchange.status()))
        .toList();
  }

  @Test
  void aBundleTakesFiveAndItsVerificationFour() throws Exception {
    start(EmbeddedRegistryOptions.builder());

    assertThat(sign(SignatureFormat.BUNDLE, HostMemory.NONE))
        .containsExactly(
            "HEAD manifests/@ 200",
            "GET referrers/@ 200",
            "POST blobs/uploads/ 201",
            "POST blobs/uploads/ 201",
            "PUT manifests/@ 201");
    assertThat(verify())
        .containsExactly(
            "HEAD manifests/@ 200",
            "GET referrers/@ 200",
            "GET manifests/@ 200",
            "GET blobs/@ 200");
  }

  @Test
  void aTokenTakesTwoMore() throws Exception {
    start(EmbeddedRegistryOptions.builder().tokenAuthentication().user("bob", "builder"));

    assertThat(sign(SignatureFormat.BUNDLE, HostMemory.NONE))
        .startsWith("HEAD manifests/@ 401", "GET /token 200", "HEAD manifests/@ 200")
        .hasSize(7);
    assertThat(verify()).hasSize(6);
  }

  @Test
  void theOlderFormTakesEight() throws Exception {
    start(EmbeddedRegistryOptions.builder());

    assertThat(sign(SignatureFormat.LEGACY, HostMemory.NONE)).hasSizeLessThanOrEqualTo(8);
  }

  /** The list under the tag is read, written and looked for again: other signers write it too. */
  @Test
  void whereTheRegistryKeepsNoListElevenAndItsVerificationFive() throws Exception {
    start(EmbeddedRegistryOptions.builder().withoutReferrers());

    assertThat(sign(SignatureFormat.BUNDLE, KnownHost.WITHOUT_SINGLE_POST))
        .containsExactly(
            "HEAD manifests/@ 200",
            "GET referrers/@ 404",
            "GET manifests/TAG 404",
            "POST blobs/uploads/ 202",
            "PUT blobs/uploads/1 201",
            "POST blobs/uploads/ 202",
            "PUT blobs/uploads/1 201",
            "PUT manifests/@ 201",
            "GET manifests/TAG 404",
            "PUT manifests/TAG 201",
            "GET manifests/TAG 200");
    assertThat(verify()).hasSize(5);
  }
}
