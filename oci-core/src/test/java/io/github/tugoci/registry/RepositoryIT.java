package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.TokenServer;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each operation on a registry that we didn't write, by the requests that it takes, and through
 * faults.
 */
class RepositoryIT {
  private static final int MIB = 1 << 20;

  private final Bytes config = Bytes.of("{}");
  private final Bytes layer = random(1, 3 * MIB);
  private final ImageManifest manifest =
      ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, config.digest(), config.size()))
          .layer(Descriptor.of(MediaType.OCI_LAYER, layer.digest(), layer.size()))
          .build();

  @AutoClose private TokenServer tokens;
  @AutoClose private DockerRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;

  @BeforeEach
  void start() throws Exception {
    tokens = TokenServer.start().user("bob", "builder", "a/.*", "pull", "push", "delete");
    registry = DockerRegistry.builder().tokenAuth(tokens).build().start();
    wire = RecordingProxy.before(registry.uri());
    client = client();
  }

  private RegistryClient client() {
    var retries =
        new RetryPolicy(5, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(20));
    return RegistryClient.create(
        TransportOptions.builder().retryPolicy(retries).build(),
        Keychain.of(wire.host(), new Credential.Password("bob", "builder", "the test")));
  }

  private Repository repository() {
    return client.repository(wire.host() + "/a/b");
  }

  private void push() throws Exception {
    repository().blobs().push(manifest.config(), Blob.of(config));
    repository().blobs().push(manifest.layers().get(0), Blob.of(layer));
    repository().push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of(new Tag("v1")));
  }

  private List<String> requests() {
    return wire.exchanges().stream()
        .map(
            x ->
                x.method()
                    + " "
                    + x.target().replaceAll("[?].*|/[0-9a-f-]{36}", "")
                    + " "
                    + x.status())
        .toList();
  }

  @Test
  void aPushSendsEachBodyOnceAndAsksForOneToken() throws Exception {
    push();
    assertThat(requests())
        .containsExactly(
            "POST /v2/a/b/blobs/uploads/ 401",
            "POST /v2/a/b/blobs/uploads/ 202",
            "PUT /v2/a/b/blobs/uploads 201",
            "POST /v2/a/b/blobs/uploads/ 202",
            "PUT /v2/a/b/blobs/uploads 201",
            "PUT /v2/a/b/manifests/v1 201");
    assertThat(tokens.requests()).hasSize(1);
    assertThat(wire.exchanges().stream().mapToLong(Exchange::requestBytes).sum())
        .isEqualTo(config.size() + layer.size() + manifest.bytes().size());
    assertThat(wire.connections()).isEqualTo(1);
  }

  @Test
  void whatIsThereIsFoundByTheRequestThatOpensAnUpload() throws Exception {
    push();
    wire.reset();
    assertThat(repository().blobs().push(manifest.layers().get(0), Blob.of(layer)))
        .isEqualTo(Outcome.SKIPPED);
    assertThat(requests()).containsExactly("POST /v2/a/b/blobs/uploads/ 201");
    assertThat(repository().likelyPresent(manifest.descriptor())).isTrue();
  }

  @Test
  void aPullComesBackByteForByte() throws Exception {
    push();
    tokens.reset();
    wire.reset();
    client.close();
    client = client();
    var found = repository().manifest("v1");
    assertThat(found.bytes()).isEqualTo(manifest.bytes());
    try (var in = repository().fetch(manifest.layers().get(0))) {
      assertThat(in.readAllBytes()).isEqualTo(layer.toArray());
    }
    assertThat(requests())
        .containsExactly(
            "GET /v2/a/b/manifests/v1 401",
            "GET /v2/a/b/manifests/v1 200",
            "GET /v2/a/b/blobs/" + layer.digest() + " 200");
    assertThat(tokens.requests()).hasSize(1);
  }

  @Test
  void tagsAreListedAndManifestsDeleted() throws Exception {
    push();
    repository().tag(manifest.descriptor(), "v2");
    assertThat(repository().tags().list()).containsExactlyInAnyOrder("v1", "v2");
    assertThat(repository().tags().list("v1", 1)).containsExactly("v2");
    assertThat(repository().manifests().head(new Tag("v3"))).isEmpty();
    repository().manifests().delete(manifest.descriptor().digest());
    assertThatThrownBy(() -> repository().manifest("v1"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage(wire.host() + "/a/b:v1 not found");
  }

  @Test
  void aBrokenDownloadGoesOnWhereItStopped() throws Exception {
    push();
    wire.reset();
    wire.fail(3, "GET", "/blobs/", new Fault.CutResponse(MIB));
    try (var in = repository().fetch(manifest.layers().get(0))) {
      assertThat(in.readAllBytes()).isEqualTo(layer.toArray());
    }
    assertThat(wire.faultsLeft()).isZero();
    assertThat(wire.exchanges("GET").stream().mapToLong(Exchange::responseBytes).sum())
        .isLessThan(layer.size() + MIB);
  }

  @Test
  void aCorruptDownloadEndsWithAnError() throws Exception {
    push();
    wire.fail(10, "GET", "/blobs/", new Fault.CorruptResponse(MIB));
    try (var in = repository().fetch(manifest.layers().get(0))) {
      assertThatThrownBy(in::readAllBytes).isInstanceOf(InvalidContentException.class);
    }
  }

  @Test
  void aPushGetsThroughErrorsAndPauses() throws Exception {
    wire.fail(2, "POST", "uploads", new Fault.Answer(503));
    wire.fail(1, "PUT", "manifests", new Fault.Answer(429, Map.of("Retry-After", "1")));
    long start = System.nanoTime();
    push();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(wire.faultsLeft()).isZero();
    assertThat(repository().manifest("v1").bytes()).isEqualTo(manifest.bytes());
  }

  @Test
  void anUploadThatIsCutIsSentAgain() throws Exception {
    wire.fail(1, "PUT", "uploads", new Fault.ResetRequest(1));
    push();
    assertThat(wire.faultsLeft()).isZero();
    assertThat(repository().manifest("v1").bytes()).isEqualTo(manifest.bytes());
  }

  @Test
  void anUploadWhoseAnswerIsLostIsNotSentAgain() throws Exception {
    var large = random(3, 6 * MIB);
    wire.fail(1, "PUT", "uploads", new Fault.LoseResponse());
    assertThat(repository().blobs().push(Descriptor.of(MediaType.OCI_LAYER, large), Blob.of(large)))
        .isEqualTo(Outcome.TRANSFERRED);
    assertThat(wire.faultsLeft()).isZero();
    assertThat(wire.exchanges("PUT")).hasSize(1);
    assertThat(wire.exchanges("HEAD")).hasSize(1);
  }

  @Test
  void aLayerTooLargeForTheRegistryGoesInChunks() throws Exception {
    var large = random(2, 9 * MIB);
    wire.fail(1, "PUT", "uploads", new Fault.Answer(413));
    repository()
        .blobs()
        .push(Descriptor.of(MediaType.OCI_LAYER, large.digest(), large.size()), Blob.of(large));
    assertThat(wire.exchanges("PATCH")).hasSize(3);
    assertThat(repository().blobs().exists(large.digest())).isTrue();
  }

  @Test
  void aBodyThatIsntWhatItSaysIsRefused() throws Exception {
    var wrong = Descriptor.of(MediaType.OCI_LAYER, config.digest(), layer.size());
    assertThatThrownBy(() -> repository().blobs().push(wrong, Blob.of(layer)))
        .isInstanceOf(InvalidContentException.class);
    assertThat(repository().blobs().exists(config.digest())).isFalse();
  }

  private static Bytes random(int seed, int size) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
