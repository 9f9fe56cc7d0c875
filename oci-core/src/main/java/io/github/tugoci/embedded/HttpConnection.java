package io.github.tugoci.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One client's connection: requests one after the other, on one thread. */
final class HttpConnection {
  private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
  private static final int BUFFER = 16 * 1024;
  private static final int SMALL = 64 * 1024;
  private static final int MAX_DRAIN = 256 * 1024;
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LINGER = Duration.ofSeconds(5);

  /** What answers requests. */
  interface Handler {
    HttpResponse answer(HttpRequest request) throws IOException;
  }

  private enum State {
    /** Between two requests, or before the first. */
    IDLE,
    /** A request's head is coming. */
    HEAD,
    /** A request is being answered. */
    BUSY,
    CLOSED
  }

  private final ClientSocket client;
  private final Handler handler;
  private final Consumer<ServedRequest> listener;
  private final Duration timeout;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile long idleSince = System.nanoTime();
  private volatile boolean last;

  /**
   * Takes a connection over.
   *
   * @param timeout how long a request's head may take, and a pause within its body
   */
  HttpConnection(
      ClientSocket client, Handler handler, Consumer<ServedRequest> listener, Duration timeout) {
    this.client = client;
    this.handler = handler;
    this.listener = listener;
    this.timeout = timeout;
  }

  /** Serves until the client, {@link #finish} or {@link #cut} ends it. */
  void serve() {
    try (client) {
      var in = new BufferedInputStream(client.in(), BUFFER);
      var out = client.out();
      var reader = new RequestReader(in, out);
      while (awaitRequest(in) && exchange(reader, in, out)) {
        idleSince = System.nanoTime();
        state.compareAndSet(State.BUSY, State.IDLE);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke", e);
    } finally {
      state.set(State.CLOSED);
    }
  }

  private boolean awaitRequest(InputStream in) throws IOException {
    if (last) {
      return false;
    }
    client.limitPauses(IDLE);
    in.mark(1);
    try {
      if (in.read() < 0) {
        return false;
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
    in.reset();
    client.limitTotal(timeout);
    return state.compareAndSet(State.IDLE, State.HEAD);
  }

  private boolean exchange(RequestReader reader, InputStream in, OutputStream out)
      throws IOException {
    HttpRequest request;
    try {
      request = reader.read();
    } catch (SocketTimeoutException e) {
      return refuse(late(), in, out);
    } catch (HttpError e) {
      return refuse(e, in, out);
    }
    if (!state.compareAndSet(State.HEAD, State.BUSY)) {
      return false;
    }
    client.limitPauses(timeout);
    var response = answer(request);
    boolean keep = request.keepAlive() && !last && drained(request.body());
    send(request, response, keep, out);
    if (!keep && !request.body().finished()) {
      linger(in);
    }
    return keep;
  }

  /** Answers an incomplete request; the connection can't be reused. */
  private boolean refuse(HttpError refusal, InputStream in, OutputStream out) throws IOException {
    out.write(whole(refusal.response(), false));
    linger(in);
    return false;
  }

  private static HttpError late() {
    return new HttpError(408, ErrorCode.UNSUPPORTED, "the request took too long to come");
  }

  private HttpResponse answer(HttpRequest request) throws IOException {
    try {
      return handler.answer(request);
    } catch (IOException | RuntimeException e) {
      if (e instanceof HttpLineReader.MalformedException malformed && request.body().broken()) {
        return new HttpError(400, ErrorCode.UNSUPPORTED, "the body: " + malformed.getMessage())
            .response();
      }
      if (e instanceof SocketTimeoutException && request.body().broken()) {
        return late().response();
      }
      if (request.body().broken()) {
        report(request, 0, 0);
        throw new IOException("the client went away", e);
      }
      LOG.log(System.Logger.Level.DEBUG, request.method() + " " + request.target(), e);
      return new HttpError(500, ErrorCode.UNKNOWN, "the registry failed").response();
    }
  }

  private void report(HttpRequest request, int status, long responseBytes) {
    listener.accept(
        new ServedRequest(
            request.method(), request.target(), status, request.body().count(), responseBytes));
  }

  /** Reads what is left of a body if it is little, so that the connection can be used again. */
  private static boolean drained(RequestBody body) {
    if (!body.finished() && !body.awaitingContinue() && !body.broken()) {
      var rest = new byte[8 * 1024];
      try {
        for (int read = 0, total = 0; read >= 0 && total <= MAX_DRAIN; total += read) {
          read = body.read(rest, 0, rest.length);
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "the rest of a body that is of no interest broke", e);
      }
    }
    return body.finished();
  }

  private void send(HttpRequest request, HttpResponse response, boolean keep, OutputStream out)
      throws IOException {
    boolean bodyless = request.isHead() || response.length() == 0;
    // before the last byte is out, so that a test that has its answer finds it counted
    if (bodyless || response.length() <= SMALL) {
      var head = response.head(keep);
      byte[] bytes;
      try {
        bytes = bodyless ? head : whole(response, keep);
      } catch (NoSuchFileException e) {
        send(request, gone(), keep, out);
        return;
      }
      report(request, response.status(), bodyless ? 0 : response.length());
      out.write(bytes);
    } else if (response.body() instanceof Content.InFile content) {
      try (var file = FileChannel.open(content.file())) {
        report(request, response.status(), response.length());
        out.write(response.head(keep));
        client.send(file, response.offset(), response.length());
      } catch (NoSuchFileException e) {
        send(request, gone(), keep, out);
      }
    } else {
      report(request, response.status(), response.length());
      out.write(response.head(keep));
      var bytes = response.body().read().toArray();
      out.write(bytes, (int) response.offset(), (int) response.length());
    }
  }

  /** The content was deleted since it was found. */
  private static HttpResponse gone() {
    return new HttpError(404, ErrorCode.BLOB_UNKNOWN, "it has just been deleted").response();
  }

  /** Head and body in one piece: two small writes would cost a small answer a second packet. */
  private static byte[] whole(HttpResponse response, boolean keep) throws IOException {
    var head = response.head(keep);
    int length = (int) response.length();
    var bytes = new byte[head.length + length];
    System.arraycopy(head, 0, bytes, 0, head.length);
    try (var body = response.body().open()) {
      body.skipNBytes(response.offset());
      if (body.readNBytes(bytes, head.length, length) < length) {
        throw ClientSocket.shortened();
      }
    }
    return bytes;
  }

  /**
   * Lets a client that still sends read its answer: a socket that is closed on unread bytes resets
   * the connection, and the answer is lost.
   */
  private void linger(InputStream in) throws IOException {
    client.endOutput();
    long end = System.nanoTime() + LINGER.toNanos();
    client.limitTotal(LINGER);
    var rest = new byte[SMALL];
    try {
      while (in.read(rest) >= 0 && System.nanoTime() < end && !last) {
        // what comes is of no interest
      }
    } catch (SocketTimeoutException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client didn't stop sending", e);
    }
  }

  /** Ends the connection when its request is answered; at once if there is none. */
  void finish() {
    last = true;
    if (state.compareAndSet(State.IDLE, State.CLOSED)) {
      close();
    }
  }

  /** Since when no request is in work; for one that is at work, since when it was. */
  long idleSince() {
    return idleSince;
  }

  /** Whether every complete request has been answered, so that a retry loses nothing. */
  boolean isIdle() {
    return state.get() == State.IDLE || state.get() == State.HEAD;
  }

  /** How long a request in work has been waiting for its client; 0 if it isn't. */
  long stalled() {
    return state.get() == State.BUSY ? client.waited() : 0;
  }

  /**
   * Ends the connection at once if it is idle.
   *
   * @return whether it was
   */
  boolean cutIdle() {
    boolean idle =
        state.compareAndSet(State.IDLE, State.CLOSED)
            || state.compareAndSet(State.HEAD, State.CLOSED);
    if (idle) {
      cut();
    }
    return idle;
  }

  /** Ends the connection at once. */
  void cut() {
    try {
      client.cut();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke while it was cut", e);
    }
  }

  private void close() {
    try {
      client.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke while it was closed", e);
    }
  }
}
