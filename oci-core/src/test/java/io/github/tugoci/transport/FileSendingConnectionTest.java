package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.ZeroCopySource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which bodies go past memory, and how often the connection looks for an answer meanwhile. */
@Timeout(60)
class FileSendingConnectionTest {
  private static final int PIECE = 1 << 20;

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final FileSendingConnection connection = new FileSendingConnection(Http1Config.DEFAULT);

  FileSendingConnectionTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    connection.close();
    server.close();
  }

  /** What writes a body, of a length or -1. */
  private interface Writer {
    void write(OutputStream out) throws IOException;
  }

  private void send(long length, Writer writer) throws Exception {
    var request = new BasicClassicHttpRequest("PUT", "/");
    request.setEntity(
        new AbstractHttpEntity("application/octet-stream", null, length < 0) {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            writer.write(out);
          }

          @Override
          public InputStream getContent() {
            throw new UnsupportedOperationException();
          }

          @Override
          public boolean isStreaming() {
            return true;
          }

          @Override
          public long getContentLength() {
            return length;
          }

          @Override
          public void close() {}
        });
    if (length < 0) {
      request.addHeader("Transfer-Encoding", "chunked");
    } else {
      request.addHeader("Content-Length", length);
    }
    connection.sendRequestEntity(request);
  }

  private boolean sendsFiles(long length) throws Exception {
    var is = new boolean[1];
    send(
        length,
        out -> {
          is[0] = out instanceof ZeroCopyTarget;
          out.write(new byte[(int) Math.max(0, length)]);
        });
    return is[0];
  }

  private SocketChannel channel() throws IOException {
    return SocketChannel.open(server.getLocalSocketAddress());
  }

  @Test
  void aChannelTakesFiles() throws Exception {
    try (var channel = channel()) {
      connection.bind(channel.socket());

      assertThat(sendsFiles(10)).isTrue();
      assertThat(sendsFiles(1)).isTrue();
    }
  }

  @Test
  void whatHasNoLengthIsWritten() throws Exception {
    try (var channel = channel()) {
      connection.bind(channel.socket());

      assertThat(sendsFiles(0)).isFalse();
      assertThat(sendsFiles(-1)).isFalse();
    }
  }

  @Test
  void aSocketWithoutAChannelIsWrittenTo() throws Exception {
    try (var socket = new Socket(server.getInetAddress(), server.getLocalPort());
        var other = server.accept()) {
      connection.bind(socket);

      assertThat(sendsFiles(3)).isFalse();
      assertThat(other.getInputStream().readNBytes(3)).hasSize(3);
    }
  }

  /** A file of which nothing is sent. */
  private static final class Pieces extends FilterInputStream implements ZeroCopySource {
    Pieces() {
      super(InputStream.nullInputStream());
    }

    @Override
    public long transferTo(WritableByteChannel target, long most) {
      return most;
    }
  }

  @Test
  void anAnswerIsLookedForEveryFourMebibytes() throws Exception {
    try (var channel = channel();
        var other = server.accept()) {
      connection.bind(channel.socket());
      var sent = new int[1];
      send(
          20L * PIECE,
          out -> {
            for (; sent[0] < 20; sent[0]++) {
              assertThat(((ZeroCopyTarget) out).transferFrom(new Pieces(), PIECE)).isEqualTo(PIECE);
              if (sent[0] == 5) {
                answer(other, channel.socket());
              }
            }
          });

      // A look before the first, the fifth and the ninth.
      assertThat(sent[0]).isEqualTo(8);
      assertThat(connection.isConsistent()).isFalse();
      assertThat(connection.receiveResponseHeader().getCode()).isEqualTo(413);
    }
  }

  private static void answer(Socket from, Socket to) throws IOException {
    var answer = "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n";
    from.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    while (to.getInputStream().available() < answer.length()) {
      Thread.onSpinWait();
    }
  }
}
