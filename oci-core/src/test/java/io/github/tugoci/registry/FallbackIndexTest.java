package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TimeSource;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many writers of one fallback tag, on registries with conditional writes and without. */
class FallbackIndexTest {
  private static final Bytes EMPTY = Bytes.of("{}");
  private static final Descriptor CONFIG = Descriptor.of(MediaType.EMPTY_JSON, EMPTY);

  private final Descriptor subject =
      ImageManifest.builder(CONFIG).annotation("is", "subject").build().descriptor();
  private final String tag = Referrers.fallbackTag(subject.digest());
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private EmbeddedRegistry withoutReferrers() throws IOException {
    return EmbeddedRegistry.start(
        EmbeddedRegistryOptions.builder()
            .withoutReferrers()
            .requestListener(
                request ->
                    requests.add(
                        request.method() + " " + request.target() + " " + request.status()))
            .build());
  }

  private ImageManifest referrer(String by) {
    return ImageManifest.builder(CONFIG)
        .artifactType(MediaType.OCI_LAYER)
        .subject(subject)
        .annotation("by", by)
        .build();
  }

  private void attach(Repository repository, ImageManifest referrer) throws IOException {
    repository.push(referrer.descriptor(), Blob.of(referrer.bytes()), List.of());
  }

  /** Time in which nobody who waits goes on while another is between reading and writing. */
  private static final class Rounds implements TimeSource {
    private final Phaser writers;

    Rounds(int writers) {
      this.writers = new Phaser(writers);
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration time) throws InterruptedException {
      writers.awaitAdvanceInterruptibly(writers.arrive());
    }

    @Override
    public long random(long most) {
      return most / 2;
    }

    void leave() {
      writers.arriveAndDeregister();
    }
  }

  /** Several clients, each with several threads, attach to one subject at once. */
  private void attachAtOnce(String host, int clients, int threads) throws Exception {
    var expected = new ArrayList<Descriptor>();
    var work = new ArrayList<Callable<Void>>();
    var opened = new ArrayList<RegistryClient>();
    var rounds = new Rounds(clients * threads);
    var options = TransportOptions.builder().timeSource(rounds).build();
    for (int i = 0; i < clients; i++) {
      var client = RegistryClient.create(options, Keychain.ANONYMOUS);
      opened.add(client);
      for (int j = 0; j < threads; j++) {
        var referrer = referrer(i + "/" + j);
        expected.add(referrer.asReferrer(referrer.descriptor()));
        work.add(
            () -> {
              try {
                attach(client.repository(host + "/a/b"), referrer);
                return null;
              } finally {
                rounds.leave();
              }
            });
      }
    }
    var pool = Executors.newFixedThreadPool(work.size());
    try {
      for (var done : pool.invokeAll(work)) {
        done.get();
      }
      assertThat(opened.get(0).repository(host + "/a/b").referrers().list(subject.digest()))
          .containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      pool.shutdownNow();
      opened.forEach(RegistryClient::close);
    }
  }

  private static void pushConfig(String host) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      client.repository(host + "/a/b").blobs().push(CONFIG, Blob.of(EMPTY));
    }
  }

  @Test
  void noneIsLostWhereWritesAreConditional() throws Exception {
    var writes = new CountDownLatch(2);
    try (var registry = withoutReferrers();
        var wire = RecordingProxy.before(registry.uri())) {
      // The first two writers have read the same.
      wire.failAll(
          (method, target) -> {
            if (method.equals("PUT") && target.endsWith(tag)) {
              writes.countDown();
              await(writes);
            }
            return false;
          },
          new Fault.DropRequest());
      pushConfig(registry.host());
      attachAtOnce(wire.host(), 4, 4);
      assertThat(requests).anyMatch(request -> request.endsWith(tag + " 412"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noneIsLostWhereTheyAreNot() throws Exception {
    try (var old = OldRegistry.start()) {
      attachAtOnce(old.host(), 3, 3);
    }
  }

  @Test
  void anEntryThatAnotherWriterDroppedIsMadeAgain() throws Exception {
    try (var old = OldRegistry.start();
        var client = RegistryClient.anonymous()) {
      attach(client.repository(old.host() + "/a/b"), referrer("them"));
      old.overwriteOnce("/manifests/" + tag);

      attach(client.repository(old.host() + "/a/b"), referrer("us"));

      assertThat(client.repository(old.host() + "/a/b").referrers().list(subject.digest()))
          .hasSize(2);
      assertThat(Collections.frequency(old.requests(), "PUT /manifests/" + tag)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 412, 428, 501})
  void aRegistryThatMisunderstandsConditionsGetsNone(int refusal) throws Exception {
    try (var old = OldRegistry.start();
        var client = RegistryClient.anonymous()) {
      old.refuseConditions(refusal);
      attach(client.repository(old.host() + "/a/b"), referrer("us"));

      assertThat(client.repository(old.host() + "/a/b").referrers().list(subject.digest()))
          .hasSize(1);
    }
  }

  @Test
  void aReferrerThatIsDeletedLeavesTheIndexAndTheLastOneTakesItAlong() throws Exception {
    try (var registry = withoutReferrers();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/a/b");
      repository.blobs().push(CONFIG, Blob.of(EMPTY));
      var first = referrer("us");
      var second = referrer("them");
      attach(repository, first);
      attach(repository, second);

      repository.manifests().delete(first.descriptor().digest());
      assertThat(repository.referrers().list(subject.digest()))
          .containsExactly(second.asReferrer(second.descriptor()));

      repository.manifests().delete(second.descriptor().digest());
      assertThat(repository.tags().list()).isEmpty();
      assertThatThrownBy(() -> repository.manifest(tag)).isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void aRegistryThatKeepsReferrersIsLeftToItself() throws Exception {
    var options =
        EmbeddedRegistryOptions.builder()
            .requestListener(request -> requests.add(request.target()))
            .build();
    try (var registry = EmbeddedRegistry.start(options);
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/a/b");
      repository.blobs().push(CONFIG, Blob.of(EMPTY));
      attach(repository, referrer("us"));
      repository.manifests().delete(referrer("us").descriptor().digest());

      assertThat(requests).noneMatch(target -> target.contains(tag));
      assertThat(repository.referrers().list(subject.digest())).isEmpty();
    }
  }

  @Test
  void anIndexThatCannotBeDeletedIsLeftEmpty() throws Exception {
    try (var old = OldRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(old.host() + "/a/b");
      attach(repository, referrer("us"));
      old.deleteOnly(referrer("us").descriptor().digest().toString());

      repository.manifests().delete(referrer("us").descriptor().digest());

      assertThat(repository.manifest(tag).children()).isEmpty();
    }
  }
}
