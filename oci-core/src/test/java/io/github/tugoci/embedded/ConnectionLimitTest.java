package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than places, and clients that don't finish what they began. */
@Timeout(300)
class ConnectionLimitTest {
  private static final String ASK = "GET /v2/ HTTP/1.1\nHost: a\n\n";

  private final List<RawConnection> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (var connection : open) {
      connection.close();
    }
  }

  private RawConnection connect(TestRegistry registry) throws Exception {
    var connection = new RawConnection(registry.uri());
    open.add(connection);
    return connection;
  }

  /** Asks and reads the answer's head; the connection is idle a moment later. */
  private static RawConnection ask(RawConnection connection) throws Exception {
    connection.send(ASK);
    assertThat(connection.line()).isEqualTo("HTTP/1.1 200 OK");
    for (var line = connection.line(); line != null && !line.isEmpty(); ) {
      line = connection.line();
    }
    return connection;
  }

  /** Waits until all connections are idle. */
  private static void awaitRest() {
    while (!areIdle()) {
      Thread.onSpinWait();
    }
  }

  private static boolean areIdle() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("tug-registry-connection"))
        .allMatch(
            thread ->
                Arrays.stream(thread.getValue())
                    .anyMatch(call -> call.getMethodName().equals("awaitRequest")));
  }

  @Test
  void twoThousandIdleConnectionsKeepNobodyOut() throws Exception {
    try (var registry = TestRegistry.start()) {
      for (int i = 0; i < 2000; i++) {
        connect(registry);
      }
      ask(connect(registry));
    }
  }

  @Test
  void theOneThatHasBeenIdleLongestMakesRoom() throws Exception {
    try (var registry =
        TestRegistry.with(
            options -> options.limits(RegistryLimits.builder().maxConnections(2).build()))) {
      var first = ask(connect(registry));
      awaitRest();
      var second = ask(connect(registry));
      awaitRest();
      first.drain(2);
      ask(first);
      awaitRest();
      ask(connect(registry));
      second.drain(2);
      assertThat(second.line()).isNull();
      awaitRest();
      first.drain(2);
      ask(first);
    }
  }

  @Test
  void aRequestThatIsNotWholeMakesRoomToo() throws Exception {
    try (var registry =
        TestRegistry.with(
            options -> options.limits(RegistryLimits.builder().maxConnections(3).build()))) {
      for (int i = 0; i < 3; i++) {
        connect(registry).send("GET /v2/ HTTP/1.1\nHo");
      }
      ask(connect(registry));
    }
  }

  @Test
  void aRequestInWorkIsNotBrokenOff() throws Exception {
    try (var registry =
        TestRegistry.with(
            options -> options.limits(RegistryLimits.builder().maxConnections(1).build()))) {
      var upload = registry.upload("acme/web");
      var busy = connect(registry);
      busy.send("PATCH " + upload + " HTTP/1.1\nHost: a\nContent-Length: 4\n");
      busy.send("Expect: 100-continue\n\n");
      assertThat(busy.line()).isEqualTo("HTTP/1.1 100 Continue");
      var waits = connect(registry).send(ASK);
      busy.send("data");
      assertThat(busy.line()).isEmpty();
      assertThat(busy.line()).isEqualTo("HTTP/1.1 202 Accepted");
      assertThat(waits.line()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aClientThatDoesNotTakeItsAnswerMakesRoom() throws Exception {
    try (var registry =
        TestRegistry.with(
            options -> options.limits(RegistryLimits.builder().maxConnections(1).build()))) {
      var blob = registry.blob("acme/web", MediaType.OCI_LAYER, new byte[64 << 20]);
      var deaf = connect(registry);
      deaf.send("GET /v2/acme/web/blobs/" + blob.digest() + " HTTP/1.1\nHost: a\n\n");
      assertThat(deaf.line()).isEqualTo("HTTP/1.1 200 OK");
      ask(connect(registry));
    }
  }

  @Test
  void aHeadThatTakesTooLongIsAnsweredAndTheConnectionClosed() throws Exception {
    try (var registry =
        TestRegistry.with(
            o ->
                o.limits(
                    RegistryLimits.builder().requestTimeout(Duration.ofMillis(300)).build()))) {
      var connection = connect(registry).send("GET /v2/ HTTP/1.1\nHo");
      assertThat(connection.rest())
          .startsWith("HTTP/1.1 408 Request Timeout\r\n")
          .contains("Connection: close\r\n");
    }
  }

  @Test
  void aHeadThatComesByteByByteTakesTooLongAsWell() throws Exception {
    try (var registry =
        TestRegistry.with(
            o ->
                o.limits(
                    RegistryLimits.builder().requestTimeout(Duration.ofMillis(300)).build()))) {
      var connection = connect(registry).send("GET /v2/ HTTP/1.1\nHost: a\nX: ");
      while (connection.nothingCame()) {
        connection.send("x");
        Thread.sleep(20);
      }
      assertThat(connection.line()).isEqualTo("HTTP/1.1 408 Request Timeout");
    }
  }

  @Test
  void aBodyThatPausesTooLongIsAnsweredAndNothingIsKept() throws Exception {
    try (var registry =
        TestRegistry.with(
            o ->
                o.limits(
                    RegistryLimits.builder().requestTimeout(Duration.ofMillis(300)).build()))) {
      var digest = Digest.of("content".getBytes(UTF_8));
      var connection = connect(registry);
      connection.send("POST /v2/acme/web/blobs/uploads/?digest=" + digest + " HTTP/1.1\nHost: a\n");
      connection.send("Content-Length: 7\n\ncon");
      assertThat(connection.rest()).startsWith("HTTP/1.1 408 ").contains("Connection: close");
      registry.get("/v2/acme/web/blobs/" + digest).expectError(404, "BLOB_UNKNOWN");
    }
  }
}
