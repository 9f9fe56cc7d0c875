package io.github.tugoci.transport;

import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.error.OciException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection that sends a file without a copy through memory where nothing encrypts it: 1 GiB
 * takes 0.4 s of CPU less then, of 0.9 (examples/bench/README.md). It reads an answer that came
 * before a reset, and isn't used again with bytes that belong to no answer.
 */
final class FileSendingConnection extends DefaultManagedHttpClientConnection {
  private static final byte[] NOTHING = {};
  private static final Timeout MOMENT = Timeout.ofMilliseconds(1);
  private static final AtomicLong COUNT = new AtomicLong();

  /** After so long a connection may have been closed by the other end. */
  private static final long IDLE = 1_000_000_000;

  private final Heads heads;
  private long used = System.nanoTime();

  FileSendingConnection(Http1Config limits) {
    this(limits, new Heads());
  }

  private FileSendingConnection(Http1Config limits, Heads heads) {
    super(
        "tug-" + COUNT.getAndIncrement(),
        null,
        null,
        limits,
        null,
        null,
        new EarlyResponse(),
        null,
        heads::create);
    this.heads = heads;
  }

  /** Keeps the parser, which has the buffer that the connection doesn't show. */
  private static final class Heads {
    private @Nullable CompleteHeadParser parser;

    CompleteHeadParser create(Http1Config limits) {
      parser = new CompleteHeadParser(limits);
      return parser;
    }

    boolean hasUnread() {
      return parser != null && parser.hasUnread();
    }
  }

  /** True where this class can be used at all: else asking is a {@link LinkageError}. */
  static boolean isAvailable() {
    return true;
  }

  @Override
  public void bind(Socket socket) throws IOException {
    if (socket.getChannel() == null) {
      super.bind(socket);
    } else {
      bind(new ChannelSocketHolder(socket));
    }
  }

  /**
   * Asked before each use. What a server has sent beyond its answer would be taken for the next
   * one. Whether it has closed the connection takes a millisecond to find out.
   */
  @Override
  public boolean isStale() throws IOException {
    var holder = getSocketHolder();
    if (holder == null || heads.hasUnread()) {
      return true;
    }
    var socket = holder.getBaseSocket() == null ? holder.getSocket() : holder.getBaseSocket();
    // Of TLS it may be what belongs to the connection, such as tickets.
    if (socket.getInputStream().available() > 0) {
      return isDataAvailable(MOMENT) || super.isStale();
    }
    return System.nanoTime() - used > IDLE && super.isStale();
  }

  @Override
  public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
    super.sendRequestHeader(request);
    used = System.nanoTime();
  }

  @Override
  public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
    var response = super.receiveResponseHeader();
    used = System.nanoTime();
    return response;
  }

  /** Java before 19 doesn't wake up a thread that waits within {@code sendfile}; Linux does. */
  @Override
  public void close(CloseMode mode) {
    if (mode == CloseMode.IMMEDIATE && getSocketHolder() instanceof ChannelSocketHolder holder) {
      try {
        holder.getSocket().shutdownOutput();
      } catch (IOException gone) {
        // then nothing waits
      }
    }
    super.close(mode);
  }

  /**
   * Who refuses a body often doesn't read its end: the answer comes first, the connection's reset
   * behind it. Linux gives out what came before a reset.
   */
  @Override
  public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
    try {
      super.sendRequestEntity(request);
    } catch (SocketException cut) {
      if (!hasAnswer()) {
        throw cut;
      }
      terminateRequest(request);
    }
  }

  private boolean hasAnswer() {
    try {
      return isDataAvailable(MOMENT);
    } catch (IOException gone) {
      return false;
    }
  }

  @Override
  protected OutputStream createContentOutputStream(
      long length,
      SessionOutputBuffer buffer,
      OutputStream out,
      Supplier<List<? extends Header>> trailers) {
    var content = super.createContentOutputStream(length, buffer, out, trailers);
    return length > 0 && getSocketHolder() instanceof ChannelSocketHolder holder
        ? new FileSendingStream(content, buffer, out, holder.getSocket().getChannel())
        : content;
  }

  /** Whether an answer is there is looked at between pieces, by writing nothing. */
  private static final class EarlyResponse implements ResponseOutOfOrderStrategy {
    private final ResponseOutOfOrderStrategy pieces =
        new MonitoringResponseOutOfOrderStrategy(HttpClientFactory.EARLY_RESPONSE_CHECK_BYTES);

    @Override
    public boolean isEarlyResponseDetected(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        InputStream in,
        long sent,
        long next)
        throws IOException {
      return next == 0
          ? in.available() > 0
          : pieces.isEarlyResponseDetected(request, connection, in, sent, next);
    }
  }

  private static final class FileSendingStream extends FilterOutputStream
      implements ZeroCopyTarget {
    private final SessionOutputBuffer buffer;
    private final OutputStream socket;
    private final SocketChannel channel;
    private long unchecked = HttpClientFactory.EARLY_RESPONSE_CHECK_BYTES;

    FileSendingStream(
        OutputStream content,
        SessionOutputBuffer buffer,
        OutputStream socket,
        SocketChannel channel) {
      super(content);
      this.buffer = buffer;
      this.socket = socket;
      this.channel = channel;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public long transferFrom(ZeroCopySource source, long most) throws IOException {
      buffer.flush(socket);
      if (unchecked >= HttpClientFactory.EARLY_RESPONSE_CHECK_BYTES) {
        socket.write(NOTHING, 0, 0);
        unchecked = 0;
      }
      long moved;
      try {
        moved = source.transferTo(channel, most);
      } catch (OciException e) {
        throw e;
      } catch (IOException e) {
        throw ChannelSocketHolder.translate(e);
      }
      unchecked += moved;
      return moved;
    }
  }
}
