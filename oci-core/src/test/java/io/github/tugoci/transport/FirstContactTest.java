package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.fixture.ClosedPort;
import io.github.tugoci.fixture.KnownHost;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first request to a host goes alone: what it learns the others need not find out again. */
@Timeout(60)
class FirstContactTest {
  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ServerSocket server;

  FirstContactTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    connections.close();
    server.close();
  }

  private HostClient client(String host) {
    return client(host, TransportOptions.defaults());
  }

  private HostClient client(String host, TransportOptions options) {
    return new HostClient(
        host,
        options,
        Keychain.ANONYMOUS,
        new Redirects(connections),
        new WarningCollector(warning -> {}));
  }

  private HostClient client() {
    return client(host());
  }

  private String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private static FutureTask<Integer> sending(HostClient client, AtomicBoolean interrupted) {
    return new FutureTask<>(
        () -> {
          try (var response = client.send(Request.of("GET", "host", "/v2/x").build())) {
            return response.status();
          } finally {
            interrupted.set(Thread.currentThread().isInterrupted());
          }
        });
  }

  private static FutureTask<Integer> start(HostClient client) {
    var sending = sending(client, new AtomicBoolean());
    new Thread(sending).start();
    return sending;
  }

  /** A thread that waits for another's first request. */
  private static Thread waiting(FutureTask<Integer> sending) {
    var thread = new Thread(sending);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static void answer(Socket connection) throws IOException {
    try (connection) {
      assertThat(connection.getInputStream().read(new byte[8192])).isPositive();
      connection
          .getOutputStream()
          .write("HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
    }
  }

  @Test
  void theOthersGoOnAfterIt() throws Exception {
    var client = client();
    var all = new ArrayList<FutureTask<Integer>>();
    all.add(start(client));
    try (var first = server.accept()) {
      for (int i = 0; i < 3; i++) {
        all.add(sending(client, new AtomicBoolean()));
        waiting(all.get(all.size() - 1));
      }
      assertThat(all).noneMatch(FutureTask::isDone);
      answer(first);
    }
    for (int i = 0; i < 3; i++) {
      answer(server.accept());
    }
    for (var each : all) {
      assertThat(each.get()).isEqualTo(204);
    }
  }

  /** What it wants is known from an earlier process, which saves a round trip. */
  @Test
  void aKnownHostIsAskedByAllAtOnce() throws Exception {
    var memory = new KnownHost(HostProfile.UNKNOWN);
    var client = client(host(), TransportOptions.builder().hostMemory(memory).build());
    var all = List.of(start(client), start(client), start(client));
    var connections = List.of(server.accept(), server.accept(), server.accept());
    for (var connection : connections) {
      answer(connection);
    }
    for (var each : all) {
      assertThat(each.get()).isEqualTo(204);
    }
  }

  @Test
  void whoWaitsForItCanBeInterrupted() throws Exception {
    var client = client();
    var first = start(client);
    try (var connection = server.accept()) {
      var interrupted = new AtomicBoolean();
      var second = sending(client, interrupted);
      waiting(second).interrupt();

      assertThatThrownBy(second::get)
          .hasCauseInstanceOf(InterruptedIOException.class)
          .hasMessageContaining("interrupted while another request asks 127.0.0.1:");
      assertThat(interrupted).isTrue();
      assertThat(first.isDone()).isFalse();
      assertThat(connection.isClosed()).isFalse();
    }
    assertThatThrownBy(first::get).hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whereItFailsAnotherThreadMayTry() throws Exception {
    try (var nobody = ClosedPort.hold()) {
      var client = client(nobody.host());
      for (int i = 0; i < 2; i++) {
        var sending = start(client);
        assertThatThrownBy(sending::get).hasCauseInstanceOf(ConnectException.class);
      }
    }
  }
}
