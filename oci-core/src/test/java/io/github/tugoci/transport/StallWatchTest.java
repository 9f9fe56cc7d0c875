package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An upload to a server that stops reading ends by our own timeout. */
class StallWatchTest {
  /** More than the buffers of both ends hold. */
  private static final Bytes BODY = Bytes.of(new byte[64 << 20]);

  @Test
  @Timeout(60)
  void anUploadThatStallsIsCutAndTriedAgain() throws Exception {
    var accepted = new CountDownLatch(2);
    var end = new CountDownLatch(1);
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var reader = new Thread(() -> acceptAndReadNothing(server, accepted, end));
      reader.setDaemon(true);
      reader.start();
      var options =
          TransportOptions.builder()
              .readTimeout(Duration.ofMillis(300))
              .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)))
              .build();
      try (var transport = new Transport(options, Keychain.ANONYMOUS)) {
        var request =
            Request.of("PUT", "127.0.0.1:" + server.getLocalPort(), "/v2/a/blobs/uploads/1")
                .body(Blob.of(BODY), MediaType.OCTET_STREAM)
                .build();

        assertThatThrownBy(() -> transport.send(request))
            .isInstanceOf(NetworkException.class)
            .hasMessageContaining("didn't answer in time, 2 times")
            .hasCauseInstanceOf(SocketTimeoutException.class);
      }
      accepted.await();
    } finally {
      end.countDown();
    }
  }

  private static void acceptAndReadNothing(
      ServerSocket server, CountDownLatch accepted, CountDownLatch end) {
    try {
      for (int i = 0; i < 2; i++) {
        server.accept();
        accepted.countDown();
      }
      end.await();
    } catch (Exception e) {
      Thread.currentThread().interrupt();
    }
  }
}
