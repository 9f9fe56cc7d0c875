package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that change between the moment at which they were looked at and the one they are sent. */
class ChangedFileTest {
  /** Large enough to be sent without being hashed, in several pieces. */
  private static final int SIZE = 3 << 20;

  @TempDir private Path temp;
  @AutoClose private EmbeddedRegistry registry;
  @AutoClose private RecordingProxy wire;
  @AutoClose private RegistryClient client;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    file = Files.write(temp.resolve("file"), new byte[SIZE]);
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
    client = RegistryClient.create(TransportOptions.defaults(), Keychain.ANONYMOUS);
  }

  private interface Change {
    void of(Path file) throws IOException;
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(
            (Change) file -> Files.write(file, new byte[SIZE - 1000]),
            "it has 3144728 bytes instead of 3145728"),
        Arguments.of(
            (Change) file -> Files.write(file, new byte[10]), "it has 10 bytes instead of 3145728"),
        Arguments.of((Change) file -> Files.write(file, new byte[0]), "it has 0 bytes instead"),
        Arguments.of(
            (Change) file -> Files.write(file, new byte[10], StandardOpenOption.APPEND),
            "it has more than its 3145728 bytes"),
        Arguments.of(
            (Change) file -> Files.write(file, new byte[] {1}, StandardOpenOption.WRITE),
            "has the digest sha256:"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void itIsNamedAndNotSentAgain(Change change, String fault) throws Exception {
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, file);
    var store = new MemoryStore();
    store.add(descriptor, Blob.of(file, descriptor));
    change.of(file);

    assertThatThrownBy(
            () ->
                client
                    .repository(wire.host() + "/a/b")
                    .push(descriptor, Blob.of(store, descriptor)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith(file + " changed while it was read: ")
        .hasMessageContaining(fault);
    assertThat(wire.exchanges())
        .filteredOn(exchange -> exchange.method().equals("PUT"))
        .hasSizeLessThan(2);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void itIsNoticedByWhoeverReadsIt(Change change, String fault) throws Exception {
    var descriptor = Descriptor.of(MediaType.OCI_LAYER, file);
    var described = Blob.of(file, descriptor);
    var sized = Blob.of(file);
    change.of(file);

    assertThatThrownBy(() -> read(described))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(fault);
    if (Files.size(file) != SIZE) {
      assertThatThrownBy(() -> read(sized))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageStartingWith(file + " changed while it was read: " + fault);
    }
  }

  private static void read(Blob body) throws IOException {
    try (var in = body.open()) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNoBody() throws Exception {
    var pipe = temp.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> Blob.of(pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(pipe + ": a pipe, not a file");
    assertThatThrownBy(() -> Descriptor.of(MediaType.OCI_LAYER, pipe))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(pipe + ": a pipe, not a file");
  }
}
