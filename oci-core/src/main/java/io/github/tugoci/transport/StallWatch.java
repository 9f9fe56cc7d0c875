package io.github.tugoci.transport;

import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.net.TransportOptions;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Cuts connections that a socket's own timeout would leave open: a server that stops reading, that
 * sends its part of TLS, a head or a body by the drop, or whose caller was interrupted. A body that
 * isn't read to its end is cut too: the HTTP library would read the rest of it first.
 */
final class StallWatch implements ExecChainHandler, Closeable {
  private static final long IDLE = 5;
  private static final String EXCHANGE = "tug.exchange";

  /** An interrupt is noticed within a second, and this is seldom enough to cost nothing. */
  private static final Duration LONGEST_PERIOD = Duration.ofMillis(250);

  private final TransportOptions options;
  private final long period;
  private final ScheduledThreadPoolExecutor timer;

  StallWatch(TransportOptions options) {
    this.options = options;
    long quarter = quarter(options.readTimeout()).toNanos();
    this.period = Math.max(1_000_000, Math.min(LONGEST_PERIOD.toNanos(), quarter));
    this.timer = new ScheduledThreadPoolExecutor(1, StallWatch::daemon);
    // One thread, and only while something is sent or received.
    timer.setKeepAliveTime(IDLE, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Not by dividedBy, which starts BigDecimal: in Java 25 that takes 20 ms. */
  static Duration quarter(Duration time) {
    long seconds = time.getSeconds();
    return Duration.ofSeconds(seconds / 4, (seconds % 4 * 1_000_000_000 + time.getNano()) / 4);
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "tug-stall-watch");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    // A socket times out after one silent read timeout; what takes two trickles.
    var window = options.readTimeout().plus(options.readTimeout());
    Runnable cut = scope.execRuntime::discardEndpoint;
    var exchange = new WatchedExchange(cut, options.minBytesPerSecond(), window, trickle());
    var ticks = timer.scheduleWithFixedDelay(exchange, period, period, TimeUnit.NANOSECONDS);
    boolean ended = true;
    try {
      var body = request.getEntity();
      if (body != null) {
        request.setEntity(new SentBody(body, exchange));
      }
      scope.clientContext.setAttribute(EXCHANGE, exchange);
      exchange.await(connectLimit());
      var response = chain.proceed(request, scope);
      exchange.resume();
      if (!exchange.isConnected()) {
        response.close();
        throw new ProxyRefusal(response.getCode(), response.getReasonPhrase());
      }
      var answer = response.getEntity();
      if (answer != null) {
        response.setEntity(new ReceivedBody(answer, exchange, cut, ticks));
        ended = false;
      }
      return response;
    } catch (IOException e) {
      throw exchange.explain(e);
    } finally {
      if (ended) {
        ticks.cancel(false);
      }
    }
  }

  /** Comes once the connection is there, TLS and a proxy's consent included. */
  ClassicHttpResponse connected(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    if (scope.clientContext.getAttribute(EXCHANGE) instanceof WatchedExchange exchange) {
      exchange.connected(headLimit(options.readTimeout()));
    }
    return chain.proceed(request, scope);
  }

  /** A host may have several addresses, and TLS has several messages; each has this time. */
  private Duration connectLimit() {
    // Not by multipliedBy: as with quarter.
    var twice = options.connectTimeout().plus(options.connectTimeout());
    return twice.plus(twice);
  }

  /** A socket times out after a silence; a head that comes by the drop has little more. */
  private static Duration headLimit(Duration silence) {
    return silence.plus(quarter(silence));
  }

  /** The time over which several reads are a trickle, if they bring too little. */
  private Duration trickle() {
    return quarter(options.readTimeout());
  }

  /** How many exchanges are watched. */
  int size() {
    return timer.getQueue().size();
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class SentBody extends HttpEntityWrapper {
    private final WatchedExchange exchange;

    SentBody(HttpEntity body, WatchedExchange exchange) {
      super(body);
      this.exchange = exchange;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      exchange.resume();
      try {
        super.writeTo(new SentStream(out, exchange));
      } finally {
        // Also where the answer came before the body's end, which is told by an exception.
        var answer = HttpExecutor.readTimeout(options, Math.max(0, getContentLength()));
        exchange.await(headLimit(answer));
      }
    }
  }

  private final class SentStream extends FilterOutputStream implements ZeroCopyTarget {
    private final WatchedExchange exchange;

    SentStream(OutputStream out, WatchedExchange exchange) {
      super(out);
      this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      exchange.awaitSent(options.readTimeout());
      boolean written = false;
      try {
        out.write(bytes, from, length);
        written = true;
      } finally {
        exchange.resume(written ? length : 0);
      }
    }

    @Override
    public long transferFrom(ZeroCopySource source, long most) throws IOException {
      if (!(out instanceof ZeroCopyTarget target)) {
        return 0;
      }
      exchange.awaitSent(options.readTimeout());
      long sent = 0;
      try {
        sent = target.transferFrom(source, most);
      } finally {
        exchange.resume(sent);
      }
      return sent;
    }
  }

  private static final class ReceivedBody extends HttpEntityWrapper {
    private final WatchedExchange exchange;
    private final Runnable cut;
    private final Future<?> ticks;

    ReceivedBody(HttpEntity body, WatchedExchange exchange, Runnable cut, Future<?> ticks) {
      super(body);
      this.exchange = exchange;
      this.cut = cut;
      this.ticks = ticks;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new ReceivedStream(super.getContent(), this);
    }
  }

  private static final class ReceivedStream extends FilterInputStream {
    private final ReceivedBody body;
    private boolean ended;

    ReceivedStream(InputStream in, ReceivedBody body) {
      super(in);
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = -1;
      try {
        body.exchange.awaitBody();
        read = in.read(buffer, offset, length);
        ended = read < 0;
        return read;
      } catch (IOException e) {
        throw body.exchange.explain(e);
      } finally {
        body.exchange.resume(Math.max(0, read));
        // The HTTP library doesn't close a stream that has failed.
        if (read < 0) {
          body.ticks.cancel(false);
        }
      }
    }

    /** By reading, so that it is watched. */
    @Override
    public long skip(long count) throws IOException {
      var buffer = new byte[(int) Math.min(8192, Math.max(0, count))];
      return Math.max(0, read(buffer, 0, buffer.length));
    }

    /** Cuts the connection unless the body was read to its end: what is left may be endless. */
    @Override
    public void close() throws IOException {
      body.ticks.cancel(false);
      if (!ended) {
        body.cut.run();
      }
      super.close();
    }
  }
}
