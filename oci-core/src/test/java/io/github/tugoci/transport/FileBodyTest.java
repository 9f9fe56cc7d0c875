package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file goes from the disk to a socket, and what goes wrong on the way is seen as ever. */
@Timeout(60)
class FileBodyTest {
  /** More than the buffers of both ends hold. */
  private static final int SIZE = 64 << 20;

  private final Path file;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private ServerSocket server;

  FileBodyTest(@TempDir Path temp) {
    this.file = temp.resolve("body");
  }

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(SIZE);
      for (int at = 0; at < SIZE; at += 1000) {
        out.seek(at);
        out.writeInt(at);
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    end.countDown();
    server.close();
    threads.shutdownNow();
  }

  /** How a server deals with a request's body. */
  private interface Behaviour<T> {
    T answer(InputStream body, Socket socket) throws Exception;
  }

  private <T> CompletableFuture<T> serve(Behaviour<T> behaviour) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (var socket = server.accept()) {
            var in = socket.getInputStream();
            for (int seen = 0; seen != 0x0d0a0d0a; ) {
              seen = seen << 8 | in.read();
            }
            return behaviour.answer(in, socket);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        },
        threads);
  }

  private static void answer(Socket socket, String status) throws IOException {
    socket
        .getOutputStream()
        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(US_ASCII));
  }

  private Request request(Blob body) {
    return Request.of("PUT", "127.0.0.1:" + server.getLocalPort(), "/v2/a/blobs/uploads/1")
        .body(body, MediaType.OCTET_STREAM)
        .withoutRetry()
        .build();
  }

  private void put(Blob body, Duration readTimeout) throws IOException {
    var options =
        TransportOptions.builder()
            .readTimeout(readTimeout)
            .retryPolicy(new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
            .build();
    try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
      transport.send(request(body)).close();
    }
  }

  private void put() throws IOException {
    put(Blob.of(file), Duration.ofSeconds(30));
  }

  /** Counts what is read of a file instead of being sent from it. */
  private static final class Counted extends FilterInputStream implements ZeroCopySource {
    private final AtomicLong bytes;

    Counted(InputStream in, AtomicLong bytes) {
      super(in);
      this.bytes = bytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      bytes.addAndGet(Math.max(0, read));
      return read;
    }

    @Override
    public long transferTo(WritableByteChannel target, long most) throws IOException {
      return ZeroCopySource.transfer(in, target, most);
    }
  }

  @Test
  void allOfItArrivesAndNearlyNothingIsReadIntoMemory() throws Exception {
    var received =
        serve(
            (body, socket) -> {
              var digest = Digest.of(body.readNBytes(SIZE));
              answer(socket, "201 Created");
              return digest;
            });
    var read = new AtomicLong();
    put(Blob.of(SIZE, () -> new Counted(ZeroCopySource.open(file), read)), Duration.ofSeconds(30));

    try (var content = ZeroCopySource.open(file)) {
      assertThat(received.get()).isEqualTo(Digest.of(content.readAllBytes()));
    }
    // What the socket has no room for waits in a write of a few bytes.
    assertThat(read.get()).isLessThan(SIZE / 4);
  }

  @Test
  void anAnswerBeforeTheEndStopsIt() throws Exception {
    var received =
        serve(
            (body, socket) -> {
              answer(socket, "413 Content Too Large");
              return body.readAllBytes().length;
            });

    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(413));
    assertThat(received.get()).isLessThan(SIZE);
  }

  /** What a server hasn't read when it closes becomes a reset. */
  @RepeatedTest(20)
  void anAnswerBeforeAResetIsHeard() {
    var unused =
        serve(
            (body, socket) -> {
              answer(socket, "413 Content Too Large");
              return true;
            });

    assertThatThrownBy(this::put)
        .isInstanceOfSatisfying(
            RegistryException.class, answer -> assertThat(answer.status()).isEqualTo(413));
  }

  @Test
  void aServerThatStopsReadingIsGivenUp() {
    var unused = serve((body, socket) -> await());

    assertThatThrownBy(() -> put(Blob.of(file), Duration.ofMillis(300)))
        .isInstanceOf(NetworkException.class)
        .hasCauseInstanceOf(SocketTimeoutException.class);
  }

  private boolean await() throws InterruptedException {
    end.await();
    return true;
  }

  @Test
  void aServerThatClosesTheConnectionIsNamed() {
    var unused =
        serve(
            (body, socket) -> {
              socket.setSoLinger(true, 0);
              return true;
            });

    assertThatThrownBy(this::put)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("127.0.0.1:" + server.getLocalPort());
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    var begun = new CountDownLatch(1);
    var unused =
        serve(
            (body, socket) -> {
              begun.countDown();
              return await();
            });
    var failure = new CompletableFuture<Throwable>();
    var sender =
        new Thread(
            () -> {
              try {
                put();
                failure.complete(null);
              } catch (IOException e) {
                failure.complete(e);
              }
            });
    sender.start();
    begun.await();
    sender.interrupt();

    assertThat(OciException.isInterruption(failure.get())).as("%s", failure.get()).isTrue();
  }

  @Test
  void aFileThatHasBecomeShorterIsNotSentAsWhole() throws Exception {
    var received = serve((body, socket) -> body.readAllBytes().length);
    var body = Blob.of(file);
    try (var out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(SIZE / 2);
    }

    assertThatThrownBy(() -> put(body, Duration.ofSeconds(30)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(
            "changed while it was read: it has %d bytes instead of %d".formatted(SIZE / 2, SIZE));
    // A reset, unless the server has read all by then.
    assertThat(received.handle((length, reset) -> reset == null ? length : 0).get())
        .isLessThanOrEqualTo(SIZE / 2);
  }
}
