package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.net.Headers;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What fails or is left is watched no longer, and its connection is cut. */
@Timeout(60)
class BrokenBodyTest {
  private static final long ENDLESS = 1L << 40;

  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ServerSocket server;

  BrokenBodyTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    connections.close();
    server.close();
  }

  /** What a server does with the connection after the request's head. */
  private interface Behaviour {
    long answer(Socket socket) throws IOException;
  }

  private CompletableFuture<Long> serve(Behaviour behaviour) {
    var done = new CompletableFuture<Long>();
    var thread =
        new Thread(
            () -> {
              try (var socket = server.accept()) {
                socket.getInputStream().read(new byte[8192]);
                done.complete(behaviour.answer(socket));
              } catch (IOException e) {
                done.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static void head(Socket socket, long length) throws IOException {
    socket
        .getOutputStream()
        .write(("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n").getBytes(US_ASCII));
  }

  private Response get() throws IOException {
    var uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/x");
    return connections.exchange("GET", uri, Headers.EMPTY, null, null);
  }

  @Test
  void anExchangeWithoutAnAnswerIsOver() {
    var unused = serve(socket -> 0);

    assertThatThrownBy(this::get).isInstanceOf(IOException.class);
    assertThat(connections.size()).isZero();
  }

  @Test
  void aBodyThatBreaksOffIsOver() throws Exception {
    var unused =
        serve(
            socket -> {
              head(socket, 10);
              socket.getOutputStream().write(new byte[3]);
              return 3;
            });
    try (var response = get()) {
      assertThat(response.body().readNBytes(3)).hasSize(3);
      assertThatThrownBy(() -> response.body().read()).isInstanceOf(IOException.class);
      assertThat(connections.size()).isZero();
    }
  }

  /** The HTTP library would read all that was announced. */
  @Test
  void aBodyThatIsLeftIsNotReadToItsEnd() throws Exception {
    var sent =
        serve(
            socket -> {
              head(socket, ENDLESS);
              return sendUntilCut(socket);
            });
    try (var response = get()) {
      assertThat(response.body().read()).isZero();
      assertThat(response.body().read(new byte[0])).isZero();
    }

    assertThat(sent.get()).isLessThan(ENDLESS);
  }

  private static long sendUntilCut(Socket socket) {
    long sent = 0;
    try {
      for (var block = new byte[64 << 10]; sent < ENDLESS; sent += block.length) {
        socket.getOutputStream().write(block);
      }
    } catch (IOException e) {
      return sent; // cut
    }
    return sent;
  }
}
