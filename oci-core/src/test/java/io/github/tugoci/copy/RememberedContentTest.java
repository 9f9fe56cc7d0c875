package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.registry.RegistryClient;
import org.junit.jupiter.api.Test;

/** What a session knows of the content that it has copied. */
class RememberedContentTest {
  private static final int MOST = 100_000;
  private static final Digest DIGEST = Bytes.of("content").digest();

  private final MemoryStore target = new MemoryStore();
  private final CopiedContent copied = new CopiedContent();

  @Test
  void contentIsKnownByTarget() {
    copied.add(DIGEST, target, Outcome.SKIPPED);

    assertThat(copied.has(DIGEST, target)).isTrue();
    assertThat(copied.outcome(DIGEST, target)).isEqualTo(Outcome.SKIPPED);
    assertThat(copied.has(DIGEST, new MemoryStore())).isFalse();
    assertThat(copied.has(Bytes.of("other").digest(), target)).isFalse();
  }

  @Test
  void theLatestOutcomeCounts() {
    copied.add(DIGEST, target, Outcome.SKIPPED);
    copied.add(DIGEST, target, Outcome.TRANSFERRED);

    assertThat(copied.outcome(DIGEST, target)).isEqualTo(Outcome.TRANSFERRED);
  }

  private static Digest digest(int number) {
    return new Digest(Digest.Algorithm.SHA256, "%064x".formatted(number));
  }

  @Test
  void whatWasNotAskedForInALongTimeIsForgotten() {
    for (int i = 0; i < MOST; i++) {
      copied.add(digest(i), target, Outcome.TRANSFERRED);
    }
    assertThat(copied.has(digest(0), target)).isTrue();

    copied.add(digest(MOST), target, Outcome.TRANSFERRED);

    assertThat(copied.has(digest(1), target)).isFalse();
    assertThat(copied.has(digest(0), target)).isTrue();
    assertThat(copied.has(digest(2), target)).isTrue();
    assertThat(copied.has(digest(MOST), target)).isTrue();
  }

  @Test
  void aSiblingIsWhereItCanBeMountedFrom() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var other = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var one = client.repository(registry.host() + "/a/one");
      var two = client.repository(registry.host() + "/a/two");
      copied.add(DIGEST, target, Outcome.TRANSFERRED);
      copied.add(DIGEST, client.repository(other.host() + "/a/one"), Outcome.TRANSFERRED);
      assertThat(copied.sibling(DIGEST, two)).isEmpty();

      copied.add(DIGEST, one, Outcome.TRANSFERRED);

      assertThat(copied.sibling(DIGEST, two)).contains(one);
      assertThat(copied.sibling(DIGEST, new MemoryStore())).isEmpty();
      assertThat(copied.sibling(Bytes.of("other").digest(), two)).isEmpty();
    }
  }
}
