package io.github.tugoci.transport;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/** A socket with a channel, whose failures are called as those of other sockets. */
final class ChannelSocketHolder extends SocketHolder {
  ChannelSocketHolder(Socket socket) {
    super(socket);
  }

  @Override
  protected InputStream getInputStream(Socket socket) throws IOException {
    return new FilterInputStream(super.getInputStream(socket)) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
          return in.read(buffer, offset, length);
        } catch (IOException e) {
          throw translate(e);
        }
      }
    };
  }

  @Override
  protected OutputStream getOutputStream(Socket socket) throws IOException {
    return new FilterOutputStream(super.getOutputStream(socket)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
          out.write(bytes, offset, length);
        } catch (IOException e) {
          throw translate(e);
        }
      }
    };
  }

  /** A channel's failure as a socket's stream would have it. */
  static IOException translate(IOException failure) {
    if (failure instanceof SocketException || failure instanceof SocketTimeoutException) {
      return failure;
    }
    if (failure instanceof ClosedByInterruptException) {
      return new InterruptedIOException("interrupted while waiting for the network");
    }
    return new SocketException(
        failure instanceof ClosedChannelException
            ? "Socket closed"
            : String.valueOf(failure.getMessage()));
  }
}
