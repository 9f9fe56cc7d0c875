package io.github.tugoci.transport;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
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
 * Cuts the connection of an upload that stalls. A socket's timeout bounds reads alone: a server
 * that stops reading would be waited for as long as the operating system likes. What is timed is
 * the writing only, so that a body may come as slowly as its source gives it.
 */
final class StallWatch implements ExecChainHandler, Closeable {
  private static final long IDLE = 5;

  private final Duration most;
  private final ScheduledThreadPoolExecutor timer;

  StallWatch(Duration most) {
    this.most = most;
    this.timer = new ScheduledThreadPoolExecutor(1, StallWatch::daemon);
    // One thread, and only while something is sent.
    timer.setKeepAliveTime(IDLE, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    timer.setRemoveOnCancelPolicy(true);
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
    var body = request.getEntity();
    if (body != null) {
      request.setEntity(new Watched(body, scope.execRuntime::discardEndpoint));
    }
    return chain.proceed(request, scope);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class Watched extends HttpEntityWrapper {
    private final Runnable cut;

    Watched(HttpEntity body, Runnable cut) {
      super(body);
      this.cut = cut;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      super.writeTo(new TimedStream(out, cut));
    }
  }

  private final class TimedStream extends FilterOutputStream {
    private final Runnable cut;

    TimedStream(OutputStream out, Runnable cut) {
      super(out);
      this.cut = cut;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      var alarm = timer.schedule(cut, most.toNanos(), TimeUnit.NANOSECONDS);
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        throw alarm.isDone() ? new SocketTimeoutException("the server stopped reading") : e;
      } finally {
        alarm.cancel(false);
      }
    }
  }
}
