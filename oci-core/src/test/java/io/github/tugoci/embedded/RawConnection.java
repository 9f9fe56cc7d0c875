package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A socket to a registry, for what no HTTP client sends. */
final class RawConnection implements AutoCloseable {
  private final Socket socket;

  RawConnection(URI registry) throws IOException {
    socket = new Socket(registry.getHost(), registry.getPort());
    socket.setSoTimeout(120_000);
  }

  /** Sends text as it is; each {@code \n} becomes the line end of HTTP. */
  RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    return this;
  }

  /** Says that nothing more comes. */
  RawConnection end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Breaks the connection off, so that the other side sees a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** The next line; null if the registry has closed the connection. */
  @Nullable String line() throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read(); c != '\n'; c = socket.getInputStream().read()) {
      if (c < 0) {
        return null;
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Reads so many bytes. */
  void drain(int count) throws IOException {
    socket.getInputStream().skipNBytes(count);
  }

  /** Whether nothing has come that isn't read. */
  boolean nothingCame() throws IOException {
    return socket.getInputStream().available() == 0;
  }

  /** All that comes until the registry closes the connection. */
  String rest() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
