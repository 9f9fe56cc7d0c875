package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a channel throws is called as a socket calls it: by that it is judged. */
class ChannelFailuresTest {
  @Test
  void aSocketsFailureStays() {
    for (var failure :
        List.of(
            new SocketException("reset"),
            new ConnectException("refused"),
            new SocketTimeoutException("silence"))) {
      assertThat(ChannelSocketHolder.translate(failure)).isSameAs(failure);
    }
  }

  @Test
  void anInterruptIsOne() {
    assertThat(ChannelSocketHolder.translate(new ClosedByInterruptException()))
        .isExactlyInstanceOf(InterruptedIOException.class);
  }

  @Test
  void whatWeHaveClosedIsCalledSo() {
    for (var failure : List.of(new ClosedChannelException(), new AsynchronousCloseException())) {
      assertThat(ChannelSocketHolder.translate(failure))
          .isExactlyInstanceOf(SocketException.class)
          .hasMessage("Socket closed");
    }
  }

  @Test
  void anythingElseIsTheConnections() {
    assertThat(ChannelSocketHolder.translate(new IOException("Broken pipe")))
        .isExactlyInstanceOf(SocketException.class)
        .hasMessage("Broken pipe");
  }
}
