package io.github.tugoci.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.AtOnce;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ScratchDirectoryTest {
  @TempDir private Path folder;

  @Test
  void oneOfAProcessThatDiedBeforeItHadItsLockIsRemoved() throws Exception {
    Files.createDirectory(folder.resolve(".tug-1"));
    Files.createDirectory(folder.resolve(".tug-2"));
    Files.writeString(folder.resolve(".tug-2/file"), "somebody's");

    ScratchDirectory.in(folder).close();

    assertThat(folder).isDirectoryNotContaining("glob:**/.tug-1");
    assertThat(folder.resolve(".tug-2/file")).hasContent("somebody's");
  }

  @Test
  void thoseThatAreMadeAtOnceAreNotTakenForLeftovers() throws Exception {
    AtOnce.run(
        8,
        thread -> {
          for (int i = 0; i < 50; i++) {
            try (var scratch = ScratchDirectory.in(folder)) {
              Files.writeString(scratch.path().resolve("file"), "x");
            }
          }
          return thread;
        });

    assertThat(folder).isEmptyDirectory();
  }
}
