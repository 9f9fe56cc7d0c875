package io.github.tugoci.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client's connection: requests one after the other, on one thread. */
final class HttpConnection {
  private static final System.Logger LOG = System.getLogger(HttpConnection.class.getName());
  private static final int BUFFER = 16 * 1024;
  private static final int SMALL = 64 * 1024;
  private static final int COPY = 256 * 1024;
  private static final int MAX_DRAIN = 256 * 1024;
  private static final int IDLE_MILLIS = 60_000;
  private static final int READ_MILLIS = 60_000;
  private static final int LINGER_MILLIS = 5_000;

  /** What answers requests. */
  interface Handler {
    HttpResponse answer(HttpRequest request) throws IOException;
  }

  private enum State {
    IDLE,
    BUSY,
    CLOSED
  }

  private final Socket socket;
  private final @Nullable SocketChannel plain;
  private final Handler handler;
  private final Consumer<ServedRequest> listener;
  private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
  private volatile boolean last;

  /**
   * Takes a connection over.
   *
   * @param plain the socket's channel, if what is written there goes on the wire as it is
   */
  HttpConnection(
      Socket socket,
      @Nullable SocketChannel plain,
      Handler handler,
      Consumer<ServedRequest> listener) {
    this.socket = socket;
    this.plain = plain;
    this.handler = handler;
    this.listener = listener;
  }

  /** Serves until the client or {@link #close} ends it. */
  void serve() {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream(), BUFFER);
      var out = socket.getOutputStream();
      var reader = new RequestReader(in, out);
      while (awaitRequest(in) && exchange(reader, in, out)) {
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
    socket.setSoTimeout(IDLE_MILLIS);
    in.mark(1);
    try {
      if (in.read() < 0) {
        return false;
      }
    } catch (SocketTimeoutException e) {
      return false;
    }
    in.reset();
    socket.setSoTimeout(READ_MILLIS);
    return state.compareAndSet(State.IDLE, State.BUSY);
  }

  private boolean exchange(RequestReader reader, InputStream in, OutputStream out)
      throws IOException {
    HttpRequest request;
    try {
      request = reader.read();
    } catch (Refusal e) {
      out.write(whole(e.response(), false));
      linger(in);
      return false;
    }
    var response = answer(request);
    boolean keep = request.keepAlive() && !last && drained(request.body());
    send(request, response, keep, out);
    if (!keep && !request.body().finished()) {
      linger(in);
    }
    return keep;
  }

  private HttpResponse answer(HttpRequest request) throws IOException {
    try {
      return handler.answer(request);
    } catch (IOException | RuntimeException e) {
      if (e instanceof HttpLine.MalformedException malformed && request.body().broken()) {
        return new Refusal(400, ErrorCode.UNSUPPORTED, "the body: " + malformed.getMessage())
            .response();
      }
      if (request.body().broken()) {
        report(request, 0, 0);
        throw new IOException("the client went away", e);
      }
      LOG.log(System.Logger.Level.DEBUG, request.method() + " " + request.target(), e);
      return new Refusal(500, ErrorCode.UNKNOWN, "the registry failed").response();
    }
  }

  private void report(HttpRequest request, int status, long responseBytes) {
    listener.accept(
        new ServedRequest(
            request.method(), request.target(), status, request.body().count(), responseBytes));
  }

  /** Reads what is left of a body if it is little, so that the connection can be used again. */
  private static boolean drained(RequestBody body) {
    if (!body.finished() && !body.unasked() && !body.broken()) {
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
        sendFile(file, response.offset(), response.length(), out);
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
    return new Refusal(404, ErrorCode.BLOB_UNKNOWN, "it has just been deleted").response();
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
        throw new IOException("stored content is shorter than it was");
      }
    }
    return bytes;
  }

  private void sendFile(FileChannel file, long offset, long length, OutputStream out)
      throws IOException {
    if (plain == null) {
      var buffer = java.nio.ByteBuffer.allocate(COPY);
      for (long at = offset, end = offset + length; at < end; at += buffer.limit()) {
        buffer.clear().limit((int) Math.min(COPY, end - at));
        if (file.read(buffer, at) <= 0) {
          throw new IOException("stored content is shorter than it was");
        }
        buffer.flip();
        out.write(buffer.array(), 0, buffer.limit());
      }
      return;
    }
    for (long at = offset, end = offset + length; at < end; ) {
      long sent = file.transferTo(at, end - at, plain);
      if (sent <= 0) {
        throw new IOException("stored content is shorter than it was");
      }
      at += sent;
    }
  }

  /**
   * Lets a client that still sends read its answer: a socket that is closed on unread bytes resets
   * the connection, and the answer is lost.
   */
  private void linger(InputStream in) throws IOException {
    socket.shutdownOutput();
    long end = System.nanoTime() + LINGER_MILLIS * 1_000_000L;
    socket.setSoTimeout(LINGER_MILLIS);
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

  /** Ends the connection at once. */
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection broke while it was closed", e);
    }
  }
}
