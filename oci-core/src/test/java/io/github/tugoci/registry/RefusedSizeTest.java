package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too large for a registry or for what stands before it, by their refusals. */
class RefusedSizeTest {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;
  private static final Fault TOO_LARGE = new Fault.Answer(413);

  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    var quick =
        new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));
    client =
        RegistryClient.create(
            TransportOptions.builder().retryPolicy(quick).build(), Keychain.ANONYMOUS);
  }

  private Outcome push(int seed, int size) throws Exception {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    var layer = Bytes.of(bytes);
    return client
        .repository(wire.host() + "/a/b")
        .blobs()
        .push(Descriptor.of(MediaType.OCI_LAYER, layer), Blob.of(layer));
  }

  /** So many at once, each of another size: 1 MiB, 2 MiB and so on. */
  private List<Future<Outcome>> pushAtOnce(int blobs) throws Exception {
    var tasks =
        IntStream.rangeClosed(1, blobs)
            .<Callable<Outcome>>mapToObj(i -> () -> push(i, i * MIB))
            .toList();
    var threads = Executors.newFixedThreadPool(blobs);
    try {
      return threads.invokeAll(tasks);
    } finally {
      threads.shutdown();
    }
  }

  private void refuseClosing() {
    wire.failAll((method, target) -> method.equals("PUT"), TOO_LARGE);
  }

  /** The sizes of the bodies that were refused, in order. */
  private List<Long> refused() {
    return wire.exchanges().stream()
        .filter(exchange -> exchange.status() == 413)
        .map(Exchange::requestBytes)
        .toList();
  }

  private void assertRefused(int seed, int size) {
    assertThatThrownBy(() -> push(seed, size)).satisfies(RefusedSizeTest::isTooLarge);
  }

  private static void isTooLarge(Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(413));
  }

  private long learnt() {
    return client.profile(wire.host()).chunkSize();
  }

  @Test
  void aLimitIsFoundInAFewStepsAndKnownToTheNextUpload() throws Exception {
    wire.failAbove(MIB, TOO_LARGE);

    assertThat(push(1, 9 * MIB)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(refused()).containsExactly(9L * MIB, 4L * MIB, 2L * MIB);
    assertThat(learnt()).isEqualTo(MIB);

    assertThat(push(2, 9 * MIB)).isEqualTo(Outcome.TRANSFERRED);
    assertThat(refused()).hasSize(3);
  }

  @Test
  void aBodyIsRefusedInHalvesDownToTheLeastChunkAndTeachesNothing() {
    wire.failAbove(0, TOO_LARGE);

    assertRefused(1, MIB);
    assertThat(refused()).containsExactly(1L * MIB, 512L * KIB, 256L * KIB, 128L * KIB, 64L * KIB);
    assertThat(learnt()).isZero();
  }

  /** It has no body, so that its size isn't why. */
  @Test
  void aClosingRequestThatIsRefusedEndsTheUpload() {
    refuseClosing();

    assertRefused(1, 9 * MIB);
    assertThat(refused()).containsExactly(9L * MIB, 0L);
    assertThat(wire.exchanges("PATCH")).hasSize(3);
    assertThat(learnt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 100 * KIB})
  void aSmallBodyThatIsRefusedIsSentOnce(int size) {
    refuseClosing();

    assertRefused(1, size);
    assertThat(refused()).containsExactly((long) size);
    assertThat(wire.exchanges("PATCH")).isEmpty();
  }

  @Test
  void aChunkThatIsRefusedThoughOneOfItsSizeWasTakenEndsTheUpload() {
    wire.fail(1, "PUT", "uploads", TOO_LARGE);
    var patches = new AtomicInteger();
    wire.failAll(
        (method, target) -> method.equals("PATCH") && patches.incrementAndGet() > 1, TOO_LARGE);

    assertRefused(1, 12 * MIB);
    assertThat(refused()).hasSize(2);
  }

  @Test
  void aRegistryThatWantsLargerChunksThanItTakesIsAskedOnce() {
    wire.fail(
        9,
        "POST",
        "uploads",
        new Fault.Answer(
            202,
            Map.of("Location", "/v2/a/b/blobs/uploads/x", "OCI-Chunk-Min-Length", "" + 4 * MIB)));
    wire.failAbove(MIB, TOO_LARGE);

    assertRefused(1, 5 * MIB);
    assertThat(refused()).containsExactly(5L * MIB, 4L * MIB);
  }

  @Test
  void aRegistryThatTakesNeitherChunksNorTheBodyIsAskedForEachAndOnceMoreForTheBody() {
    refuseClosing();
    wire.failAll((method, target) -> method.equals("PATCH"), new Fault.Answer(405));

    assertRefused(1, 2 * MIB);
    assertThat(refused()).containsExactly(2L * MIB, 2L * MIB);
    assertThat(wire.exchanges("PATCH")).hasSize(1);
  }

  @Test
  void uploadsAtOnceDontBeginAnewForOneAnother() throws Exception {
    refuseClosing();

    for (var outcome : pushAtOnce(6)) {
      assertThatThrownBy(outcome::get).cause().satisfies(RefusedSizeTest::isTooLarge);
    }
    assertThat(refused()).hasSize(2 * 6);
  }

  @Test
  void uploadsAtOnceFindALimitEachAndOnlyLowerIt() throws Exception {
    wire.failAbove(300 * KIB, TOO_LARGE);

    for (var outcome : pushAtOnce(6)) {
      assertThat(outcome.get()).isEqualTo(Outcome.TRANSFERRED);
    }
    assertThat(refused().size()).as("4 of the largest").isLessThanOrEqualTo(6 * 5);
    assertThat(learnt()).isBetween(100L * KIB, 300L * KIB);
  }
}
