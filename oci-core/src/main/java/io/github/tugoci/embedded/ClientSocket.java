package io.github.tugoci.embedded;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A client's socket, with or without TLS. Reads end after a time; writes can't, so it tells how
 * long it has been waiting for the client, and can be cut off from another thread.
 */
final class ClientSocket implements Closeable {
  /** Little enough for {@link #waited} to tell a client that reads slowly from one that doesn't. */
  private static final int CHUNK = 1024 * 1024;

  private static final int COPY = 256 * 1024;
  private static final long NOT_WAITING = 0;

  private final SocketChannel channel;
  private final Socket socket;
  private final boolean plain;
  private volatile long waitingSince = NOT_WAITING;
  private int pauseMillis;
  private @Nullable Long deadline;

  private ClientSocket(SocketChannel channel, Socket socket, boolean plain) {
    this.channel = channel;
    this.socket = socket;
    this.plain = plain;
  }

  /** Takes a connection over; no byte is read or written yet. */
  static ClientSocket of(SocketChannel channel, @Nullable SSLContext tls) throws IOException {
    channel.socket().setTcpNoDelay(true);
    return tls == null
        ? new ClientSocket(channel, channel.socket(), true)
        : new ClientSocket(channel, secure(channel.socket(), tls), false);
  }

  private static Socket secure(Socket socket, SSLContext tls) throws IOException {
    var peer = socket.getInetAddress().getHostAddress();
    var secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, peer, socket.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  /** Lets each read wait for so long, from now on. */
  void limitPauses(Duration pause) {
    deadline = null;
    pauseMillis = Math.toIntExact(Math.max(1, pause.toMillis()));
  }

  /** Lets all reads together wait for so long, from now on. */
  void limitTotal(Duration total) {
    deadline = System.nanoTime() + total.toNanos();
  }

  private int millisLeft() throws SocketTimeoutException {
    if (deadline == null) {
      return pauseMillis;
    }
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the client took too long");
    }
    return (int) Math.min(Integer.MAX_VALUE, left);
  }

  /** How long it has been waiting for the client to send or to receive, in nanoseconds. */
  long waited() {
    long since = waitingSince;
    return since == NOT_WAITING ? 0 : Math.max(1, System.nanoTime() - since);
  }

  private void waiting(boolean begins) {
    waitingSince = begins ? System.nanoTime() | 1 : NOT_WAITING;
  }

  InputStream in() throws IOException {
    return new FilterInputStream(socket.getInputStream()) {
      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int size) throws IOException {
        socket.setSoTimeout(millisLeft());
        waiting(true);
        try {
          return in.read(buffer, offset, size);
        } finally {
          waiting(false);
        }
      }
    };
  }

  OutputStream out() throws IOException {
    return new FilterOutputStream(socket.getOutputStream()) {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int size) throws IOException {
        for (int at = 0; at < size; at += CHUNK) {
          waiting(true);
          try {
            out.write(bytes, offset + at, Math.min(CHUNK, size - at));
          } finally {
            waiting(false);
          }
        }
      }
    };
  }

  /** Sends a part of a file, where that is possible without copying it. */
  void send(FileChannel file, long offset, long length) throws IOException {
    if (!plain) {
      copy(file, offset, length);
      return;
    }
    for (long at = offset, end = offset + length; at < end; ) {
      waiting(true);
      try {
        long sent = file.transferTo(at, Math.min(CHUNK, end - at), channel);
        if (sent <= 0) {
          throw shortened();
        }
        at += sent;
      } finally {
        waiting(false);
      }
    }
  }

  private void copy(FileChannel file, long offset, long length) throws IOException {
    var out = out();
    var buffer = ByteBuffer.allocate(COPY);
    for (long at = offset, end = offset + length; at < end; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(COPY, end - at));
      if (file.read(buffer, at) <= 0) {
        throw shortened();
      }
      buffer.flip();
      out.write(buffer.array(), 0, buffer.limit());
    }
  }

  static IOException shortened() {
    return new IOException("stored content is shorter than it was");
  }

  /** Says that nothing more comes. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Closes the connection even while another thread writes to it: TLS takes no leave then. */
  void cut() throws IOException {
    try (channel) {
      // closing alone doesn't wake a thread that sends a file
      channel.shutdownInput();
      channel.shutdownOutput();
    }
  }
}
