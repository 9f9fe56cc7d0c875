package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.HostMemoryFile;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small blobs that go along with the POST, over connections that break. */
class SinglePostFaultsTest {
  private static final Bytes LAYER = Bytes.of("0123456789".repeat(1000));
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);
  private static final String UPLOADS = "uploads/\\?digest";

  @TempDir private Path temp;
  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private EmbeddedRegistry other;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;
  private HostMemoryFile memory;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    other = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    reconnect();
  }

  private void reconnect() {
    memory = HostMemoryFile.open(temp.resolve("hosts.json"));
    client =
        RegistryClient.create(
            TransportOptions.builder()
                .hostMemory(memory)
                .readTimeout(Duration.ofSeconds(1))
                .retryPolicy(
                    new RetryPolicy(
                        2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5)))
                .build(),
            Keychain.ANONYMOUS);
  }

  private Repository repository() {
    return client.repository(wire.host() + "/a/b");
  }

  private Outcome push(String content) throws IOException {
    var bytes = Bytes.of(content);
    return repository().eagerPush(Descriptor.of(MediaType.OCI_LAYER, bytes), Blob.of(bytes));
  }

  private List<String> requests() {
    return wire.exchanges().stream()
        .map(exchange -> exchange.method() + " " + exchange.status())
        .toList();
  }

  private void assertArrived() throws Exception {
    try (var in = repository().fetch(DESCRIPTOR)) {
      assertThat(in.readAllBytes()).isEqualTo(LAYER.toArray());
    }
  }

  static Stream<Fault> broken() {
    return Stream.of(
        new Fault.DropRequest(),
        new Fault.ResetRequest(0),
        new Fault.ResetRequest(5000),
        new Fault.LoseResponse(),
        new Fault.CutHead());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aConnectionThatBreaksEndsInAPlainUpload(Fault fault) throws Exception {
    wire.fail(1, "POST", UPLOADS, fault);

    assertThat(repository().eagerPush(DESCRIPTOR, Blob.of(LAYER))).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).endsWith("POST 202", "PUT 201");
    assertArrived();
    assertThat(client.profile(wire.host()).singlePost()).isTrue();
  }

  @Test
  void aServerThatBreaksEachSuchConnectionIsTriedOnce() throws Exception {
    wire.failAll(
        (method, target) -> target.contains("uploads/?digest="), new Fault.ResetRequest(5));

    push("0123456789");
    push("9876543210");
    assertThat(wire.exchanges("POST"))
        .filteredOn(e -> e.target().contains("uploads/?digest="))
        .hasSize(1);
  }

  @Test
  void aConnectionThatWasClosedMeanwhileIsReplaced() throws Exception {
    push("0123456789");
    wire.fail(1, "POST", UPLOADS, new Fault.DropRequest());

    assertThat(push("9876543210")).isEqualTo(Outcome.TRANSFERRED);
    assertThat(requests()).endsWith("POST 201").doesNotContain("PUT 201");
  }

  @Test
  void aServerThatNeverAnswersIsWaitedForOnceAndTheNextProcessKnowsIt() throws Exception {
    var held = new CountDownLatch(1);
    wire.failAll(
        (method, target) -> target.contains("uploads/?digest="), new Fault.HoldRequest(100, held));

    assertThat(repository().eagerPush(DESCRIPTOR, Blob.of(LAYER))).isEqualTo(Outcome.TRANSFERRED);
    held.await();
    assertArrived();
    memory.save();
    client.close();
    reconnect();
    wire.reset();
    push("9876543210");

    assertThat(requests()).containsExactly("POST 202", "PUT 201");
  }

  @Test
  void whatIsLearntOfARegistryIsKnownToTheNextProcess() throws Exception {
    wire.fail(1, "POST", UPLOADS, new Fault.Answer(405));
    push("0123456789");
    memory.save();
    client.close();
    reconnect();
    wire.reset();

    push("9876543210");
    assertThat(wire.exchanges()).extracting(Exchange::requestBytes).containsExactly(0L, 10L);
  }

  /** The others wait for the first to find out, as they do for its token. */
  @Test
  void ofManyAtOnceOneFindsOut() throws Exception {
    wire.failAll((method, target) -> target.contains("uploads/?digest="), new Fault.Answer(405));
    var tasks =
        IntStream.range(0, 8).<Callable<Outcome>>mapToObj(i -> () -> push("content " + i)).toList();
    var threads = Executors.newFixedThreadPool(8);
    try {
      for (var task : threads.invokeAll(tasks)) {
        assertThat(task.get()).isEqualTo(Outcome.TRANSFERRED);
      }
    } finally {
      threads.shutdown();
    }

    assertThat(wire.exchanges()).filteredOn(exchange -> exchange.status() == 405).hasSize(1);
  }

  @Test
  void whatComesFromAnotherRegistryIsNotReadBeforeItMust() throws Exception {
    var source = client.repository(other.host() + "/a/b");
    source.push(DESCRIPTOR, Blob.of(LAYER));
    repository().eagerPush(DESCRIPTOR, Blob.of(LAYER));
    wire.reset();

    assertThat(repository().eagerPush(DESCRIPTOR, Blob.of(source, DESCRIPTOR)))
        .isEqualTo(Outcome.SKIPPED);
    assertThat(requests()).containsExactly("POST 201");
    assertThat(wire.exchanges().get(0).target()).contains("?mount=");
  }

  @Test
  void aFileThatHasChangedIsNamedAndSaysNothingOfTheRegistry() throws Exception {
    var layout = OciLayout.create(temp.resolve("layout"));
    layout.push(DESCRIPTOR, Blob.of(LAYER));
    Files.writeString(
        temp.resolve("layout/blobs/sha256").resolve(DESCRIPTOR.digest().hex()),
        "x".repeat(LAYER.size()));

    assertThatThrownBy(() -> repository().eagerPush(DESCRIPTOR, Blob.of(layout, DESCRIPTOR)))
        .isInstanceOf(InvalidContentException.class);
    assertThat(repository().blobs().exists(DESCRIPTOR.digest())).isFalse();
    assertThat(client.profile(wire.host()).singlePost()).isTrue();
  }
}
