package io.github.tugoci.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lock on a file of its own. */
class LockFileTest {
  private final Path file;

  LockFileTest(@TempDir Path temp) {
    file = temp.resolve("x.lock");
  }

  @Test
  void onlyOneHoldsIt() throws Exception {
    try (var held = LockFile.take(file, Duration.ZERO).orElseThrow()) {
      assertThat(LockFile.take(file, Duration.ofMillis(30))).isEmpty();
      assertThat(held).isNotNull();
    }
    assertThat(LockFile.take(file, Duration.ZERO)).isPresent();
    assertThat(file).exists();
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (var held = LockFile.take(file, Duration.ZERO).orElseThrow()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> LockFile.take(file, Duration.ofMinutes(1)))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(held).isNotNull();
    }
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    var other = Files.writeString(file.resolveSibling("other"), "text");
    Files.createSymbolicLink(file, other);

    assertThatThrownBy(() -> LockFile.take(file, Duration.ZERO)).isInstanceOf(IOException.class);
    assertThat(other).hasContent("text");
  }
}
