package io.github.tugoci.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files and pipes that are named on the command line. */
class InputFileTest {
  @TempDir private Path temp;

  private Path pipe() throws Exception {
    var pipe = temp.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @Test
  void aFileIsReadUpToALimit() throws Exception {
    var file = Files.writeString(temp.resolve("file"), "content");

    assertThat(InputFile.read(file, 100)).asString(UTF_8).isEqualTo("content");
    assertThat(InputFile.read(file, 3)).asString(UTF_8).isEqualTo("con");
    assertThatThrownBy(() -> InputFile.read(temp.resolve("none"), 1))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsReadToItsEndWhateverComesFirst() throws Exception {
    var pipe = pipe();
    var writer = Executors.newSingleThreadExecutor();
    try {
      var written = writer.submit((Callable<Path>) () -> Files.writeString(pipe, "content"));
      assertThat(InputFile.read(pipe, 100)).asString(UTF_8).isEqualTo("content");
      written.get();
    } finally {
      writer.shutdown();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeToWhichNobodyWritesIsNotWaitedForWithoutEnd() throws Exception {
    var pipe = pipe();

    assertThatThrownBy(() -> InputFile.open(pipe, Duration.ofMillis(10)))
        .isInstanceOf(UnfitFileException.class)
        .hasMessage(pipe + ": no process writes to the pipe");
    // the thread that still waits for a writer gets one
    Files.writeString(pipe, "");
  }
}
