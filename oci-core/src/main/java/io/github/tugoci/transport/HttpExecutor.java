package io.github.tugoci.transport;

import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import io.github.tugoci.content.Blob;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.RequestListener;
import io.github.tugoci.net.TransportOptions;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one request for one answer, by google-http-client's low-level interface. What that
 * library has above it (redirects, retries, headers as objects) would be switched off, and its
 * start takes 25 ms (docs/adr/0003-apache-httpclient-5.md).
 */
final class HttpExecutor implements Closeable {
  /** A registry hashes and stores a body before it answers. */
  private static final long BYTES_PER_SECOND_TO_STORE = 16 << 20;

  /** What counts as sent may still be in the kernel's buffer; Linux lets it grow to this size. */
  private static final long SEND_BUFFER_BYTES = 4 << 20;

  private static final long SLOW_LINK_BYTES_PER_SECOND = 32 << 10;

  private final TransportOptions options;
  private final Tls tls;
  private final StallWatch stalls;
  private final CloseableHttpClient connections;
  private volatile boolean closed;

  HttpExecutor(TransportOptions options) {
    this.options = options;
    this.tls = new Tls(options);
    this.stalls = new StallWatch(options);
    this.connections = HttpClientFactory.create(options, tls, stalls);
  }

  /**
   * Sends a request and waits for the answer's head.
   *
   * @throws InvalidContentException if the answer's head is malformed
   */
  Response exchange(
      String method, URI uri, Headers headers, @Nullable Blob body, @Nullable MediaType bodyType)
      throws IOException {
    if ("https".equals(uri.getScheme())) {
      Tls.precomputeCurve();
    }
    var request = build(method, uri, headers, body, bodyType);
    long start = System.nanoTime();
    try {
      var response = request.execute();
      var fields = headers(response);
      int status = response.getStatusCode();
      if (status == ProxyRefusal.LOGIN) {
        response.getContent().close();
        throw new ProxyRefusal(status, response.getReasonPhrase());
      }
      notifyListener(
          method,
          uri,
          status,
          start,
          () -> fields.first("Location").map(HttpExecutor::locationNote).orElse(""));
      boolean empty = method.equals("HEAD") || status == 204 || status == 304;
      return new Response(
          uri, status, fields, empty ? InputStream.nullInputStream() : response.getContent());
    } catch (IOException e) {
      notifyListener(
          method,
          uri,
          RequestListener.NO_STATUS,
          start,
          () -> ErrorResponses.sanitize(String.valueOf(e.getMessage())));
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InvalidContentException(uri.getHost() + " sent malformed header fields", e);
    } catch (IllegalStateException | RejectedExecutionException e) {
      if (!closed && !(e instanceof CancellationException)) {
        throw e;
      }
      // A wait for a connection was cancelled (a CancellationException), or began too late.
      var interruption = new InterruptedIOException("the client was closed");
      interruption.initCause(e);
      throw interruption;
    }
  }

  /** The certificate that a host has shown last, or null. */
  @Nullable X509Certificate certificate(String host) {
    return tls.certificate(host);
  }

  /** How many exchanges aren't over. */
  int size() {
    return stalls.size();
  }

  private LowLevelHttpRequest build(
      String method, URI uri, Headers headers, @Nullable Blob body, @Nullable MediaType bodyType)
      throws IOException {
    var request = new PooledRequest(connections, method, uri);
    request.setTimeout(
        Math.toIntExact(options.connectTimeout().toMillis()),
        Math.toIntExact(readTimeout(options, body == null ? 0 : body.size()).toMillis()));
    request.addHeader("Accept-Encoding", "identity");
    for (var field : headers.asMap().entrySet()) {
      for (var value : field.getValue()) {
        request.addHeader(field.getKey(), value);
      }
    }
    if (body != null && bodyType != null) {
      var content = new BlobContent(body, bodyType);
      request.setStreamingContent(content);
      request.setContentLength(content.getLength());
      request.setContentType(content.getType());
    }
    return request;
  }

  /**
   * The longest silence before the answer to a body of a size. Its end may still be on its way over
   * a slow link: at most as long again.
   */
  static Duration readTimeout(TransportOptions options, long sent) {
    var silence = options.readTimeout();
    var onItsWay =
        Duration.ofSeconds(Math.min(sent, SEND_BUFFER_BYTES) / SLOW_LINK_BYTES_PER_SECOND);
    return silence
        .plus(onItsWay.compareTo(silence) < 0 ? onItsWay : silence)
        .plusSeconds(sent / BYTES_PER_SECOND_TO_STORE);
  }

  private static Headers headers(LowLevelHttpResponse response) throws IOException {
    var fields = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < response.getHeaderCount(); i++) {
      var name = response.getHeaderName(i).toLowerCase(Locale.ROOT);
      fields.computeIfAbsent(name, none -> new ArrayList<>()).add(response.getHeaderValue(i));
    }
    return new Headers(fields);
  }

  /** The note is built for a listener only: redacting a Location takes about a millisecond. */
  private void notifyListener(
      String method, URI uri, int status, long start, Supplier<String> note) {
    var listener = options.requestListener();
    if (listener != RequestListener.NONE) {
      var took = Duration.ofNanos(System.nanoTime() - start);
      listener.exchanged(RequestLine.of(method, uri), status, took, note.get());
    }
  }

  /** Where a Location leads, without its query, which can be a signature. */
  private static String locationNote(String location) {
    int query = location.indexOf('?');
    var bare = query < 0 ? location : location.substring(0, query) + "?…";
    return "to " + ErrorResponses.sanitize(bare);
  }

  @Override
  public void close() {
    closed = true;
    try (stalls) {
      connections.close();
    } catch (IOException e) {
      throw new UncheckedIOException("connections can't be closed", e);
    }
  }
}
