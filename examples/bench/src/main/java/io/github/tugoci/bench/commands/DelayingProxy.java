package io.github.tugoci.bench.commands;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A long way to a server on this machine: each byte takes half a round trip, and the first one of a
 * connection a whole one more, as a handshake would. Counts requests by their lines.
 */
final class DelayingProxy implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** Bytes that are due at a time. */
  private static final class Chunk {
    final byte[] bytes;
    final long due;

    Chunk(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }
  }

  private final ServerSocket server;
  private final int port;
  private final Duration roundTrip;
  private final AtomicInteger requests = new AtomicInteger();

  private DelayingProxy(ServerSocket server, int port, Duration roundTrip) {
    this.server = server;
    this.port = port;
    this.roundTrip = roundTrip;
  }

  static DelayingProxy before(int port, Duration roundTrip) throws IOException {
    var proxy =
        new DelayingProxy(
            new ServerSocket(0, 128, InetAddress.getLoopbackAddress()), port, roundTrip);
    daemon(proxy::accept);
    return proxy;
  }

  String host() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  int requests() {
    return requests.get();
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static void daemon(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // one side has closed the connection, or the proxy was closed
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (true) {
      var near = server.accept();
      var far = new Socket(InetAddress.getLoopbackAddress(), port);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      daemon(() -> forward(near, far, true));
      daemon(() -> forward(far, near, false));
    }
  }

  private void forward(Socket from, Socket to, boolean handshake) throws IOException {
    var queue = new LinkedBlockingQueue<Chunk>();
    var out = to.getOutputStream();
    daemon(() -> write(queue, out, to));
    long extra = handshake ? roundTrip.toNanos() : 0;
    var in = from.getInputStream();
    long opened = System.nanoTime() + extra;
    var buffer = new byte[BUFFER];
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      var bytes = Arrays.copyOf(buffer, read);
      if (handshake) {
        count(bytes);
      }
      queue.add(new Chunk(bytes, Math.max(System.nanoTime(), opened) + roundTrip.toNanos() / 2));
    }
    queue.add(new Chunk(new byte[0], System.nanoTime() + roundTrip.toNanos() / 2));
  }

  private static int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      return -1;
    }
  }

  private static void write(LinkedBlockingQueue<Chunk> queue, OutputStream out, Socket to)
      throws IOException, InterruptedException {
    for (var chunk = queue.take(); chunk.bytes.length > 0; chunk = queue.take()) {
      TimeUnit.NANOSECONDS.sleep(chunk.due - System.nanoTime());
      out.write(chunk.bytes);
    }
    to.shutdownOutput();
  }

  /** A request's line begins a chunk in all but a few cases: clients write a head at once. */
  private void count(byte[] bytes) {
    var head = new String(bytes, 0, Math.min(8, bytes.length), US_ASCII);
    if (head.matches("(?s)(GET|HEAD|POST|PUT|PATCH|DELETE) .*")) {
      requests.incrementAndGet();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
