package io.github.tugoci.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server for HTTP/1.1: a thread that accepts, and one for each connection. The JDK's own can't
 * switch Nagle's algorithm off without a system property and so answers 180 small requests a second
 * where this one answers thousands; this one also sends files without copying them.
 */
final class HttpServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());
  private static final int BACKLOG = 1024;
  private static final long GRACE_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 50;
  private static final Duration STALL = Duration.ofSeconds(5);

  private final ServerSocketChannel server;
  private final @Nullable SSLContext tls;
  private final Consumer<ServedRequest> listener;
  private final Duration timeout;
  private final Semaphore places;
  private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final long started = System.nanoTime();
  private volatile boolean closed;

  private HttpServer(ServerSocketChannel server, EmbeddedRegistryOptions options) {
    this.server = server;
    this.tls = options.tls();
    this.listener = inOrder(options.requestListener());
    this.timeout = options.limits().requestTimeout();
    this.places = new Semaphore(options.limits().maxConnections());
  }

  private static Consumer<ServedRequest> inOrder(Consumer<ServedRequest> listener) {
    var lock = new ReentrantLock();
    return request -> {
      lock.lock();
      try {
        listener.accept(request);
      } finally {
        lock.unlock();
      }
    };
  }

  /** Binds; {@link #start} begins to serve. */
  static HttpServer bind(EmbeddedRegistryOptions options) throws IOException {
    var server = ServerSocketChannel.open();
    try {
      server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      server.bind(new InetSocketAddress(options.address(), options.port()), BACKLOG);
    } catch (IOException e) {
      server.close();
      throw e;
    }
    return new HttpServer(server, options);
  }

  void start(HttpConnection.Handler handler) {
    start(() -> accept(handler), "tug-registry-accept");
  }

  private void start(Runnable task, String name) {
    // Not by the thread itself: who waits for all to end must find one that hasn't quite ended.
    threads.removeIf(ended -> !ended.isAlive());
    var thread = new Thread(task, name);
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
        var channel = accept();
        if (channel.isPresent()) {
          serve(channel.get(), handler);
        }
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
      LOG.log(System.Logger.Level.DEBUG, "cannot accept a connection", e);
      makeRoom();
      Thread.sleep(RETRY_MILLIS);
      return Optional.empty();
    }
  }

  private void serve(SocketChannel channel, HttpConnection.Handler handler)
      throws InterruptedException {
    boolean served = false;
    try {
      takePlace();
      var client = ClientSocket.of(channel, tls);
      var connection = new HttpConnection(client, handler, listener, timeout);
      // Here, not on its own thread: who looks for one to close must find it.
      connections.add(connection);
      start(() -> serve(connection), "tug-registry-connection");
      served = true;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke", e);
      places.release();
    } finally {
      if (!served) {
        close(channel);
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke while it was closed", e);
    }
  }

  private void serve(HttpConnection connection) {
    try {
      if (closed) {
        connection.finish();
      }
      connection.serve();
    } finally {
      connections.remove(connection);
      places.release();
    }
  }

  /** Waits for a place; closes another connection if that can be done without harm. */
  private void takePlace() throws InterruptedException {
    while (!places.tryAcquire()) {
      boolean freed = makeRoom();
      if (places.tryAcquire(freed ? GRACE_MILLIS : RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    }
  }

  /**
   * Closes the connection that has been idle for the longest time; if none is, one whose client has
   * neither sent nor received anything for a while although it should.
   */
  private boolean makeRoom() {
    var idle =
        connections.stream()
            .filter(HttpConnection::isIdle)
            .min(Comparator.comparingLong(connection -> connection.idleSince() - started));
    if (idle.isPresent() && idle.get().cutIdle()) {
      return true;
    }
    var stalled = connections.stream().max(Comparator.comparingLong(HttpConnection::stalled));
    if (stalled.isPresent() && stalled.get().stalled() > STALL.toNanos()) {
      stalled.get().cut();
      return true;
    }
    return false;
  }

  /** Stops to listen, lets requests in work end for a while, and ends all threads. */
  @Override
  public void close() throws IOException {
    closed = true;
    // One that comes after this line sees that it is closed.
    connections.forEach(HttpConnection::finish);
    server.close();
    awaitEnd();
    connections.forEach(HttpConnection::cut);
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
