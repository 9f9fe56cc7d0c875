package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.ProbeResult;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** A client that is closed while it is used, as a signal does, fails its requests cleanly. */
class ClosedTransportTest {
  private static final int MORE_THAN_CONNECTIONS = 70;

  @Test
  void requestsThatWaitForAnAnswerOrForAConnectionFailWithAnIoException() throws Exception {
    try (var silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      var host = "127.0.0.1:" + silent.getLocalPort();
      var transport = new Transport(TransportOptions.defaults(), Keychain.ANONYMOUS);
      var requests = new ArrayList<FutureTask<ProbeResult>>();
      for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
        var request = new FutureTask<>(() -> transport.probe(host));
        requests.add(request);
        new Thread(request).start();
      }
      // All connections are in use now, so what is left waits for one.
      var accepted = new ArrayList<AutoCloseable>();
      for (int i = 0; i < 64; i++) {
        accepted.add(silent.accept());
      }
      transport.close();
      for (var request : requests) {
        assertThatThrownBy(request::get)
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(IOException.class);
      }
      for (var connection : accepted) {
        connection.close();
      }
    }
  }

  @Test
  void aRequestAfterTheEndFailsWithAnIoException() {
    var transport = new Transport(TransportOptions.defaults(), Keychain.ANONYMOUS);
    transport.close();
    var request = Request.of("GET", "127.0.0.1:1", "/v2/").build();
    assertThatThrownBy(() -> transport.send(request)).isInstanceOf(IOException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
