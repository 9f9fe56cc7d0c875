package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a registry begins and ends. */
class LifecycleTest {
  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final Set<Path> foldersBefore = folders();

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  /** Those of this process, which holds files in them open; others may come and go meanwhile. */
  private static Set<Path> folders() {
    var found = new HashSet<Path>();
    try (var folders = Files.newDirectoryStream(TEMPORARY, "tug-registry*")) {
      folders.forEach(found::add);
      var open = open();
      found.removeIf(folder -> !open.contains(folder.getFileName().toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return found;
  }

  /** The names of the folders in which this process has files open. */
  private static Set<String> open() throws IOException {
    var found = new HashSet<String>();
    try (var files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (var file : files) {
        try {
          Files.readSymbolicLink(file).forEach(name -> found.add(name.toString()));
        } catch (NoSuchFileException e) {
          // closed meanwhile
        }
      }
    }
    return found;
  }

  private Set<Thread> threads() {
    var threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeAll(threadsBefore);
    threads.removeIf(thread -> !thread.getName().startsWith("tug-registry"));
    return threads;
  }

  @Test
  void nothingIsLeftOfIt() throws Exception {
    registry.blob("acme/web", MediaType.OCI_LAYER, new byte[2 << 20]);
    registry.sendText("PATCH", registry.upload("acme/web"), "x".repeat(2 << 20)).expect(202);
    var folders = folders();
    folders.removeAll(foldersBefore);
    assertThat(folders).hasSize(1);
    assertThat(folders.iterator().next()).isNotEmptyDirectory();
    assertThat(threads()).hasSizeGreaterThan(1).allMatch(Thread::isDaemon);
    registry.close();
    assertThat(threads()).isEmpty();
    assertThat(folders.iterator().next()).doesNotExist();
    assertThatThrownBy(() -> new RawConnection(registry.uri()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void smallContentTouchesNoDisk() throws Exception {
    registry.image("acme/web", "v1", "layer");
    registry.get("/v2/acme/web/manifests/v1").expect(200);
    assertThat(folders()).isSubsetOf(foldersBefore);
  }

  @Test
  void connectionsAtRestEndAtOnce() throws Exception {
    try (var raw = new RawConnection(registry.uri());
        var silent = new RawConnection(registry.uri())) {
      raw.send("HEAD /v2/ HTTP/1.1\nHost: a\n\n");
      for (var line = raw.line(); line != null && !line.isEmpty(); ) {
        line = raw.line();
      }
      long start = System.nanoTime();
      registry.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(raw.rest()).isEmpty();
      assertThat(silent.rest()).isEmpty();
    }
  }

  @Test
  void aRequestInWorkMayEnd() throws Exception {
    var location = registry.upload("acme/web");
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("PATCH " + location + " HTTP/1.1\nHost: a\n");
      raw.send("Content-Length: 10\nExpect: 100-continue\n\n");
      assertThat(raw.line()).isEqualTo("HTTP/1.1 100 Continue");
      assertThat(raw.line()).isEmpty();
      var closed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  registry.close();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      awaitRefusal();
      assertThat(raw.send("0123456789").rest())
          .startsWith("HTTP/1.1 202 ")
          .contains("Connection: close");
      closed.get();
    }
  }

  /** Waits until nobody listens any more. */
  private void awaitRefusal() throws Exception {
    for (int i = 0; i < 6000; i++) {
      try {
        new RawConnection(registry.uri()).close();
        Thread.sleep(10);
      } catch (ConnectException e) {
        return;
      }
    }
    throw new AssertionError("it still listens");
  }

  @Test
  void aPortIsTakenOnceAndIsFreeAfterwards() throws Exception {
    int port = registry.uri().getPort();
    var options = EmbeddedRegistryOptions.builder().port(port).build();
    assertThatThrownBy(() -> EmbeddedRegistry.start(options)).isInstanceOf(IOException.class);
    registry.close();
    try (var again = EmbeddedRegistry.start(options)) {
      assertThat(again.uri()).isEqualTo(registry.uri());
      assertThat(again.host()).isEqualTo("127.0.0.1:" + port);
    }
  }
}
