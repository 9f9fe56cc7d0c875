package io.github.tugoci.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server for HTTP/1.1: a thread that accepts, and one for each connection. The JDK's own can't
 * switch Nagle's algorithm off without a system property and so answers 180 small requests a second
 * where this one answers thousands; this one also sends files without copying them.
 */
final class HttpListener implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
  private static final int MAX_CONNECTIONS = 512;
  private static final long GRACE_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 50;

  private final ServerSocketChannel server;
  private final @Nullable SSLContext tls;
  private final Consumer<ServedRequest> listener;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private HttpListener(
      ServerSocketChannel server, @Nullable SSLContext tls, Consumer<ServedRequest> listener) {
    this.server = server;
    this.tls = tls;
    this.listener = listener;
  }

  /** Binds; {@link #start} begins to serve. */
  static HttpListener bind(
      InetSocketAddress address, @Nullable SSLContext tls, Consumer<ServedRequest> listener)
      throws IOException {
    var server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(address, 1024);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return new HttpListener(server, tls, listener);
  }

  void start(HttpConnection.Handler handler) {
    start(() -> accept(handler), "tug-registry-accept");
  }

  private void start(Runnable task, String name) {
    var thread =
        new Thread(
            () -> {
              try {
                task.run();
              } finally {
                threads.remove(Thread.currentThread());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  int port() throws IOException {
    return ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  private void accept(HttpConnection.Handler handler) {
    try {
      while (!closed) {
        places.acquire();
        accept()
            .ifPresentOrElse(
                channel -> start(() -> serve(channel, handler), "tug-registry-connection"),
                places::release);
      }
    } catch (ClosedChannelException | InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "no longer listening");
    }
  }

  /** The next client; empty for one that the system can't serve now, such as for want of files. */
  private Optional<SocketChannel> accept() throws ClosedChannelException, InterruptedException {
    try {
      return Optional.of(server.accept());
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "can't accept a connection", e);
      Thread.sleep(RETRY_MILLIS);
      return Optional.empty();
    }
  }

  private void serve(SocketChannel channel, HttpConnection.Handler handler) {
    try (channel) {
      var socket = tls == null ? channel.socket() : secure(channel.socket(), tls);
      var connection = new HttpConnection(socket, tls == null ? channel : null, handler, listener);
      connections.add(connection);
      try {
        if (closed) {
          connection.finish();
        }
        connection.serve();
      } finally {
        connections.remove(connection);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke", e);
    } finally {
      places.release();
    }
  }

  private static Socket secure(Socket socket, SSLContext tls) throws IOException {
    var peer = socket.getInetAddress().getHostAddress();
    var secured =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, peer, socket.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  /** Stops to listen, lets requests in work end for a while, and ends all threads. */
  @Override
  public void close() throws IOException {
    closed = true;
    // One that comes after this line sees that it is closed.
    connections.forEach(HttpConnection::finish);
    server.close();
    awaitEnd();
    connections.forEach(HttpConnection::close);
    threads.forEach(Thread::interrupt);
    awaitEnd();
  }

  private void awaitEnd() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    try {
      for (var thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
