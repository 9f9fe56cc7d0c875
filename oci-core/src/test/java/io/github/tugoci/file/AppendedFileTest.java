package io.github.tugoci.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.Program;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that lines are added to. */
class AppendedFileTest {
  @TempDir private Path temp;

  @Test
  void textIsAddedToAFileThatNeedNotExist() throws Exception {
    var file = temp.resolve("file");

    AppendedFile.append(file, "");
    assertThat(file).isEmptyFile();
    AppendedFile.append(file, "a\n");
    AppendedFile.append(file, "b\n");

    assertThat(file).hasContent("a\nb\n");
    assertThatThrownBy(() -> AppendedFile.append(temp.resolve("no/such"), ""))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @Timeout(30)
  void aPipeASocketAndADirectoryAreRefusedAtOnce() throws Exception {
    var pipe = temp.resolve("pipe");
    var socket = temp.resolve("socket");
    Program.of("mkfifo", pipe.toString()).run().expectSuccess();
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));

      refused(pipe, "a pipe, not a file");
      refused(socket, "a socket, not a file");
      refused(temp, "a directory, not a file");
      refused(Files.createSymbolicLink(temp.resolve("link"), pipe), "a pipe, not a file");
    }
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> AppendedFile.append(file, ""))
        .isInstanceOf(UnfitFileException.class)
        .hasMessage(file + ": " + reason);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceTakesWhatIsAdded() throws Exception {
    AppendedFile.append(Path.of("/dev/null"), "text");
  }
}
