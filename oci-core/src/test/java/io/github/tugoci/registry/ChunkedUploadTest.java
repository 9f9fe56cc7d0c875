package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.HostMemory;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads in pieces of 1000 bytes, by the requests that they take, and through faults. */
class ChunkedUploadTest {
  private static final Bytes LAYER = Bytes.of("0123456789".repeat(250));
  private static final Descriptor DESCRIPTOR = Descriptor.of(MediaType.OCI_LAYER, LAYER);
  private static final RetryPolicy QUICK =
      new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private EmbeddedRegistry registry;
  private RecordingProxy wire;
  private RegistryClient client;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    client =
        RegistryClient.create(
            TransportOptions.builder().retryPolicy(QUICK).hostMemory(new Chunks()).build(),
            Keychain.ANONYMOUS);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    wire.close();
    registry.close();
  }

  /** Knows that bodies go in chunks. */
  private static final class Chunks implements HostMemory {
    @Override
    public Optional<HostProfile> find(String host) {
      return Optional.of(HostProfile.UNKNOWN.withChunkSize(1000));
    }

    @Override
    public void remember(String host, HostProfile profile) {}
  }

  private Repository repository() {
    return client.repository(wire.host() + "/a/b");
  }

  private Outcome push() throws Exception {
    return repository().blobs().push(DESCRIPTOR, Blob.of(LAYER));
  }

  @Test
  void theBodyIsReadOnceForAllItsChunks() throws Exception {
    var opened = new AtomicInteger();
    var body =
        new Blob() {
          @Override
          public long size() {
            return LAYER.size();
          }

          @Override
          public InputStream open() {
            opened.incrementAndGet();
            return LAYER.open();
          }
        };

    repository().blobs().push(DESCRIPTOR, body);

    assertThat(opened).hasValue(1);
  }

  private void assertArrived() throws Exception {
    assertThat(wire.faultsLeft()).isZero();
    try (var in = repository().fetch(DESCRIPTOR)) {
      assertThat(in.readAllBytes()).isEqualTo(LAYER.toArray());
    }
  }

  /** Methods and ranges or statuses, as far as the upload goes. */
  private List<String> requests() {
    return wire.exchanges().stream()
        .map(
            exchange ->
                "%s %s %d"
                    .formatted(
                        exchange.method(),
                        exchange.requestHeaders().getOrDefault("content-range", "-"),
                        exchange.status()))
        .toList();
  }

  @Test
  void aBodyGoesInOrderAndIsSentOnce() throws Exception {
    assertThat(push()).isEqualTo(Outcome.TRANSFERRED);

    assertThat(requests())
        .containsExactly(
            "POST - 202",
            "PATCH 0-999 202",
            "PATCH 1000-1999 202",
            "PATCH 2000-2499 202",
            "PUT - 201");
    assertThat(wire.exchanges().stream().mapToLong(Exchange::requestBytes).sum())
        .isEqualTo(LAYER.size());
    assertArrived();
  }

  @Test
  void aBodyOfOneChunkGoesInOnePut() throws Exception {
    var small = Bytes.of("x".repeat(1000));
    repository().blobs().push(Descriptor.of(MediaType.OCI_LAYER, small), Blob.of(small));

    assertThat(requests()).containsExactly("POST - 202", "PUT - 201");
  }

  @Test
  void aChunkWhoseAnswerIsLostIsNotSentAgain() throws Exception {
    wire.fail(1, "PATCH", "uploads", new Fault.LoseResponse());
    push();

    assertThat(requests())
        .contains("GET - 204", "PATCH 1000-1999 202", "PUT - 201")
        .doesNotContain("PATCH 0-999 202");
    assertArrived();
  }

  @Test
  void aChunkThatTheRegistryCouldNotTakeIsSentAgain() throws Exception {
    wire.fail(2, "PATCH", "uploads", new Fault.Answer(503));
    push();

    assertThat(requests().stream().filter(request -> request.startsWith("PATCH 0-999")))
        .containsExactly("PATCH 0-999 503", "PATCH 0-999 503", "PATCH 0-999 202");
    assertArrived();
  }

  @Test
  void aChunkThatIsCutGoesOnWhereTheRegistrySaysItStopped() throws Exception {
    wire.fail(1, "PATCH", "uploads", new Fault.ResetRequest(400));
    push();

    assertThat(requests()).contains("GET - 204").last().isEqualTo("PUT - 201");
    assertArrived();
  }

  @Test
  void anInterruptEndsTheUploadAndTheSession() {
    var body =
        Blob.of(
            LAYER.size(),
            () ->
                new FilterInputStream(LAYER.open()) {
                  @Override
                  public int read(byte[] buffer, int offset, int length) throws IOException {
                    Thread.currentThread().interrupt();
                    return in.read(buffer, offset, length);
                  }
                });

    assertThatThrownBy(() -> repository().blobs().push(DESCRIPTOR, body))
        .matches(OciException::isInterruption);
    assertThat(Thread.interrupted()).as("who called is still told to stop").isTrue();
    assertThat(requests()).last().isEqualTo("DELETE - 204");
  }

  @Test
  void aRegistryThatNeverTakesAChunkEndsTheUploadAndTheSession() {
    wire.fail(100, "PATCH", "uploads", new Fault.Answer(503));

    assertThatThrownBy(this::push)
        .isInstanceOfSatisfying(
            RegistryException.class, e -> assertThat(e.status()).isEqualTo(503));
    assertThat(requests()).last().isEqualTo("DELETE - 204");
  }

  @Test
  void aRegistryThatTakesNothingOfAChunkEndsTheUpload() {
    wire.fail(20, "PATCH", "uploads", new Fault.Answer(202, Map.of("Range", "0-0")));

    assertThatThrownBy(this::push).isInstanceOf(NetworkException.class);
    assertThat(wire.exchanges("PATCH")).as("three in each of three sessions").hasSize(9);
  }

  @Test
  void aRegistryThatLosesEachFirstChunkEndsTheUpload() {
    var patches = new AtomicInteger();
    wire.failAll(
        (method, target) -> method.equals("PATCH") && patches.incrementAndGet() % 2 == 0,
        new Fault.Answer(503));
    wire.fail(20, "PATCH", "uploads", new Fault.Answer(202));

    assertThatThrownBy(this::push).isInstanceOf(RegistryException.class);
    assertThat(wire.exchanges("PATCH")).as("three times two in each of three").hasSize(18);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 411, 415, 416, 501})
  void aRegistryThatRefusesChunksGetsTheBodyWholeAndTheNextOneToo(int refusal) throws Exception {
    wire.fail(1, "PATCH", "uploads", new Fault.Answer(refusal));

    push();
    assertArrived();

    var other = Bytes.of("9876543210".repeat(250));
    repository().blobs().push(Descriptor.of(MediaType.OCI_LAYER, other), Blob.of(other));
    assertThat(wire.exchanges("PATCH")).hasSize(1);
    assertThat(wire.exchanges("PUT")).hasSize(2);
  }

  @Test
  void aChunkIsAsLargeAsTheRegistryWantsItAtLeast() throws Exception {
    wire.fail(
        1,
        "POST",
        "uploads",
        new Fault.Answer(
            202, Map.of("Location", "/v2/a/b/blobs/uploads/none", "OCI-Chunk-Min-Length", "2000")));
    wire.fail(2, "PATCH", "uploads", new Fault.Answer(202));
    wire.fail(1, "PUT", "uploads", new Fault.Answer(201));

    push();

    assertThat(requests())
        .containsExactly("POST - 202", "PATCH 0-1999 202", "PATCH 2000-2499 202", "PUT - 201");
  }

  @ParameterizedTest
  @CsvSource({
    "0-2500, bytes that were not sent",
    "0-99999999999, bytes that were not sent",
    "bytes=0-2500/*, bytes that were not sent",
    "0-99999999999999999999, bytes that were not sent",
  })
  void aRangeThatCantBeIsRefused(String range, String fault) {
    wire.fail(100, "PATCH", "uploads", new Fault.Answer(202, Map.of("Range", range)));

    assertThatThrownBy(this::push)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(fault);
    assertThat(wire.exchanges("PATCH")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "0-x", "", "0--5"})
  void aRangeThatCantBeReadSaysNothing(String range) throws Exception {
    wire.fail(
        1,
        "POST",
        "uploads",
        new Fault.Answer(202, Map.of("Location", "/v2/a/b/blobs/uploads/none")));
    wire.fail(3, "PATCH", "uploads", new Fault.Answer(202, Map.of("Range", range)));
    wire.fail(1, "PUT", "uploads", new Fault.Answer(201));

    push();

    assertThat(requests())
        .containsSubsequence("PATCH 0-999 202", "PATCH 1000-1999 202", "PATCH 2000-2499 202");
  }

  @Test
  void aSourceThatBreaksIsToBlameAndNotAskedAgain() {
    var broken = new IOException("the disk is gone");

    assertThatThrownBy(() -> repository().blobs().push(DESCRIPTOR, new Breaking(broken)))
        .isSameAs(broken);
    assertThat(wire.exchanges("POST")).hasSize(1);
    assertThat(requests()).last().isEqualTo("DELETE - 204");
  }

  /** A body whose second chunk can't be read. */
  private record Breaking(IOException failure) implements Blob {
    @Override
    public long size() {
      return LAYER.size();
    }

    @Override
    public InputStream open() {
      return new FilterInputStream(LAYER.open()) {
        private int read;

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          if (read >= 1000) {
            throw failure;
          }
          int got = super.read(buffer, offset, Math.min(length, 1000 - read));
          read += got;
          return got;
        }

        @Override
        public long skip(long n) throws IOException {
          long skipped = super.skip(n);
          read += (int) skipped;
          return skipped;
        }
      };
    }
  }
}
