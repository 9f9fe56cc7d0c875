package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TimeSource;
import io.github.tugoci.net.TransportOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long it is believed that a registry has no list of referrers. */
class MissingReferrersTest {
  private static final Bytes EMPTY = Bytes.of("{}");
  private static final Descriptor CONFIG = Descriptor.of(MediaType.OCI_CONFIG, EMPTY);

  private final AtomicLong nanos = new AtomicLong();

  @AutoClose
  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder().timeSource(new Clock()).build(), Keychain.ANONYMOUS);

  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private OldRegistry old;

  private final class Clock implements TimeSource {
    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration time) {
      nanos.addAndGet(time.toNanos());
    }

    @Override
    public long random(long most) {
      return most;
    }
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    old = OldRegistry.start();
  }

  private static ImageManifest image(String name) {
    return ImageManifest.builder(CONFIG).annotation("name", name).build();
  }

  /** An image with something that refers to it. */
  private static Descriptor signed(Repository to, String name) throws Exception {
    var image = image(name);
    var referrer = ImageManifest.builder(CONFIG).subject(image.descriptor()).build();
    for (var manifest : List.of(image, referrer)) {
      to.push(manifest.descriptor(), Blob.of(manifest.bytes()), List.of());
    }
    return image.descriptor();
  }

  private static int referrers(Repository of, Descriptor image) throws Exception {
    return of.referrers().list(image.digest()).size();
  }

  @Test
  void aListThatIsMissingSaysNothingOfTheNext() throws Exception {
    var there = client.repository(registry.host() + "/a/b");
    there.push(CONFIG, Blob.of(EMPTY));
    var one = signed(there, "one");
    var two = signed(there, "two");
    var seen = client.repository(wire.host() + "/a/b");
    wire.fail(1, "GET", "/referrers/", new Fault.Answer(404));

    assertThat(referrers(seen, one)).isZero();
    assertThat(referrers(seen, two)).isEqualTo(1);
    assertThat(referrers(seen, one)).isEqualTo(1);
  }

  @Test
  void whereAListWasSeenOneThatIsMissingIsAskedForTwice() throws Exception {
    var there = client.repository(registry.host() + "/a/b");
    there.push(CONFIG, Blob.of(EMPTY));
    var one = signed(there, "one");
    var two = signed(there, "two");
    var seen = client.repository(wire.host() + "/a/b");
    assertThat(referrers(seen, one)).isEqualTo(1);
    wire.fail(1, "GET", "/referrers/", new Fault.Answer(404));

    assertThat(referrers(seen, two)).isEqualTo(1);
  }

  @Test
  void whatClientsKeepTheRegistryIsNotAskedForForAMinute() throws Exception {
    var repository = client.repository(old.host() + "/a/b");
    var one = signed(repository, "one");
    assertThat(referrers(repository, one)).isEqualTo(1);
    old.reset();
    assertThat(referrers(repository, one)).isEqualTo(1);
    assertThat(old.requests()).hasSize(1);

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    old.reset();
    assertThat(referrers(repository, one)).isEqualTo(1);
    assertThat(referrers(repository, one)).isEqualTo(1);
    assertThat(old.requests()).hasSize(3);
  }

  @Test
  void whereNobodyKeepsAListTheRegistryIsAskedEachTime() throws Exception {
    var repository = client.repository(old.host() + "/a/b");

    for (int i = 0; i < 2; i++) {
      old.reset();
      assertThat(referrers(repository, image("one").descriptor())).isZero();
      assertThat(old.requests()).hasSize(2).first().asString().contains("/referrers/");
    }
  }
}
