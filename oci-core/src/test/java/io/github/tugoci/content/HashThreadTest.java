package io.github.tugoci.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Digest.Algorithm;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HashThreadTest {
  @Test
  void whatIsHandedOverIsHashedInItsOrder() throws Exception {
    var hash = Algorithm.SHA256.newHash();
    var all = new ByteArrayOutputStream();

    try (var hasher = HashThread.start(hash)) {
      for (int i = 1; i <= 100; i++) {
        var buffer = hasher.next();
        Arrays.fill(buffer, 0, i, (byte) i);
        all.write(buffer, 0, i);
        hasher.update(buffer, i);
      }
      hasher.finish();
    }

    assertThat(Algorithm.SHA256.digest(hash)).isEqualTo(Digest.of(all.toByteArray()));
  }

  @Test
  void anInterruptedWaitKeepsTheInterrupt() {
    try (var hasher = HashThread.start(Algorithm.SHA256.newHash())) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(hasher::finish).isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
