package io.github.tugoci.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
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

  /** Ctrl-C interrupts the command's thread. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whoWaitsForASilentPipeCanBeInterrupted() throws Exception {
    var pipe = pipe();
    try (var silent = FileChannel.open(pipe, READ, WRITE);
        var in = InputFile.open(pipe)) {
      assertThat(silent.isOpen()).isTrue();
      Thread.currentThread().interrupt();

      assertThatThrownBy(in::read).isInstanceOf(ClosedByInterruptException.class);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsReadTwiceIsARegularFile() throws Exception {
    var pipe = pipe();
    var socket = temp.resolve("socket");
    var file = Files.writeString(temp.resolve("file"), "content");
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      refused(pipe, "a pipe, not a file");
      refused(socket, "a socket, not a file");
      refused(temp, "a directory, not a file");
      refused(Path.of("/dev/zero"), "a device, not a file");
      assertThatThrownBy(() -> InputFile.open(socket)).isInstanceOf(UnfitFileException.class);
    }
    try (var in = InputFile.openRegular(file)) {
      assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("content");
    }
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> InputFile.openRegular(file))
        .isInstanceOf(UnfitFileException.class)
        .hasMessage(file + ": " + reason);
  }

  /** ORAS's users name it as the configuration of an artifact. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsAnEmptyFile() throws Exception {
    try (var in = InputFile.openRegular(Path.of("/dev/null"))) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatDoesNotEndIsReadUpToALimit() throws Exception {
    var whole = Files.write(temp.resolve("whole"), new byte[1 << 20]);

    assertThat(InputFile.readAll(whole, 1 << 20)).hasSize(1 << 20);
    assertThatThrownBy(() -> InputFile.readAll(Path.of("/dev/zero"), 1 << 20))
        .isInstanceOf(UnfitFileException.class)
        .hasMessage("/dev/zero: larger than 1 MiB");
    assertThatThrownBy(() -> InputFile.readAll(temp, 1 << 20))
        .isInstanceOf(UnfitFileException.class)
        .hasMessage(temp + ": a directory, not a file");
  }
}
