package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.net.TransportOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends beyond its answer is never taken for the answer to the next request. */
@Timeout(60)
class UnaskedAnswersTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Semaphore written = new Semaphore(0);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** Answers each request with its path, and says so twice. */
  private void serve(ServerSocket server, boolean inOnePiece) {
    try {
      while (true) {
        var socket = server.accept();
        socket.setTcpNoDelay(true);
        var unused = threads.submit(() -> answer(socket, inOnePiece));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(Socket socket, boolean inOnePiece) {
    try (socket;
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      var path = "";
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("GET ")) {
          path = line.split(" ", 3)[1];
        } else if (line.isEmpty()) {
          var answer =
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(path.length(), path);
          var out = socket.getOutputStream();
          out.write((inOnePiece ? answer.repeat(2) : answer).getBytes(US_ASCII));
          if (!inOnePiece) {
            out.write(answer.getBytes(US_ASCII));
          }
          written.release();
        }
      }
    } catch (IOException e) {
      // the client has had enough
    }
  }

  private void assertOwnAnswers(
      ServerSocketFactory sockets, TransportOptions.Builder options, boolean inOnePiece)
      throws Exception {
    try (var server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var transport = new Transport(options.build(), Keychain.ANONYMOUS)) {
      var unused = threads.submit(() -> serve(server, inOnePiece));
      var host = "127.0.0.1:" + server.getLocalPort();
      for (int i = 0; i < 20; i++) {
        var request = Request.of("GET", host, "/v2/" + i).reads(100).build();
        try (var response = transport.send(request)) {
          assertThat(new String(response.bytes().toArray(), US_ASCII)).isEqualTo("/v2/" + i);
        }
        // What comes while the next request is on its way can't be told apart.
        written.acquire();
      }
    }
  }

  @Test
  void inOnePieceWithTheAnswer() throws Exception {
    assertOwnAnswers(ServerSocketFactory.getDefault(), TransportOptions.builder(), true);
  }

  @Test
  void behindTheAnswer() throws Exception {
    assertOwnAnswers(ServerSocketFactory.getDefault(), TransportOptions.builder(), false);
  }

  @Test
  void overTls() throws Exception {
    var certificates = Certificates.shared();
    for (var inOnePiece : new boolean[] {true, false}) {
      assertOwnAnswers(
          certificates.serverContext().getServerSocketFactory(),
          TransportOptions.builder().plainHttp(false).caFile(certificates.authorityFile()),
          inOnePiece);
    }
  }
}
