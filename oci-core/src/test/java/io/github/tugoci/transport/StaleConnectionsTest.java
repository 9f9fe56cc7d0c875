package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.TransportOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that closes each connection after its answer, and doesn't say so. */
class StaleConnectionsTest {
  private final List<String> heads = Collections.synchronizedList(new ArrayList<>());
  private final Transport transport =
      new Transport(
          TransportOptions.builder()
              .retryPolicy(TransportOptions.defaults().retryPolicy().withRetries(0))
              .build(),
          Keychain.ANONYMOUS);
  private ServerSocket server;
  private volatile boolean silent;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::serve, "silent-server");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void stop() throws IOException {
    transport.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (var socket = server.accept()) {
        var in = new BufferedInputStream(socket.getInputStream());
        var head = head(in);
        heads.add(head);
        var length = head.replaceFirst("(?is).*content-length: *([0-9]+).*", "$1");
        in.skipNBytes(length.equals(head) ? 0 : Long.parseLong(length));
        if (!silent) {
          socket
              .getOutputStream()
              .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        }
      } catch (IOException e) {
        // the client or the test has closed it
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("closed in the head");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private void send(String method, int size) throws IOException {
    var request =
        Request.of(method, "127.0.0.1:" + server.getLocalPort(), "/v2/a/b/x").withoutRetry();
    if (size > 0) {
      request.body(Blob.of(Bytes.of(new byte[size])), MediaType.OCTET_STREAM);
    }
    transport.send(request.build()).close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3_000_000})
  void requestsWithABodyAreSentAgainOnANewConnection(int size) throws Exception {
    for (int i = 0; i < 8; i++) {
      send("POST", 0);
      send("PUT", size);
    }

    assertThat(heads).hasSize(16);
  }

  @Test
  void aConnectionThatWasNewIsNotReplaced() {
    silent = true;

    assertThatThrownBy(() -> send("PUT", 10)).isInstanceOf(NetworkException.class);
    assertThat(heads).hasSize(1);
  }

  /** Nobody knows whether it was carried out: whoever sent it finds that out. */
  @Test
  void aPatchIsNotSentAgainButSoonNoConnectionIsKept() throws Exception {
    int failures = 0;
    for (int i = 0; i < 10; i++) {
      send("GET", 0);
      try {
        send("PATCH", 10);
      } catch (NetworkException e) {
        failures++;
      }
    }

    assertThat(failures).isBetween(1, 3);
  }
}
