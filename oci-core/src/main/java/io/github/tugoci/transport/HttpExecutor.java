package io.github.tugoci.transport;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.apache.v5.Apache5HttpTransport;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one request for one answer. Whatever google-http-client would do by itself is switched
 * off: redirects, retries, unpacking, errors as exceptions, headers of its own.
 */
final class HttpExecutor implements Closeable {
  /** A registry hashes and stores a body before it answers. */
  private static final long BYTES_PER_SECOND_TO_STORE = 16 << 20;

  private final TransportOptions options;
  private final Tls tls;
  private final StallWatch stalls;
  private final Apache5HttpTransport transport;
  private final HttpRequestFactory requests;
  private volatile boolean closed;

  HttpExecutor(TransportOptions options) {
    this.options = options;
    this.tls = new Tls(options);
    this.stalls = new StallWatch(options);
    this.transport = new Apache5HttpTransport(HttpClientFactory.create(options, tls, stalls));
    this.requests = transport.createRequestFactory();
  }

  /**
   * Sends a request and waits for the answer's head.
   *
   * @throws InvalidContentException if the answer's head is malformed
   */
  Response exchange(
      String method, URI uri, Headers headers, @Nullable Blob body, @Nullable MediaType bodyType)
      throws IOException {
    var request = build(method, uri, headers, body, bodyType);
    long start = System.nanoTime();
    try {
      var response = request.execute();
      var note = response.getHeaders().getLocation();
      notifyListener(
          method, uri, response.getStatusCode(), start, note == null ? "" : "to " + bare(note));
      return answer(method, uri, response);
    } catch (IOException e) {
      var why = ErrorResponses.sanitize(String.valueOf(e.getMessage()));
      notifyListener(method, uri, RequestListener.NO_STATUS, start, why);
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

  private HttpRequest build(
      String method, URI uri, Headers headers, @Nullable Blob body, @Nullable MediaType bodyType)
      throws IOException {
    var content = body == null || bodyType == null ? null : new BlobContent(body, bodyType);
    var request = requests.buildRequest(method, url(uri), content);
    request.setThrowExceptionOnExecuteError(false);
    request.setFollowRedirects(false);
    request.setNumberOfRetries(0);
    request.setResponseReturnRawInputStream(true);
    request.setLoggingEnabled(false);
    request.setCurlLoggingEnabled(false);
    request.setSuppressUserAgentSuffix(true);
    request.setConnectTimeout(Math.toIntExact(options.connectTimeout().toMillis()));
    request.setReadTimeout(
        Math.toIntExact(readTimeout(options, body == null ? 0 : body.size()).toMillis()));
    var fields = new HttpHeaders();
    fields.setAcceptEncoding("identity");
    fields.setUserAgent(options.userAgent());
    headers.asMap().forEach(fields::set);
    request.setHeaders(fields);
    return request;
  }

  /** The longest silence before the answer to a body of a size. */
  static Duration readTimeout(TransportOptions options, long sent) {
    return options.readTimeout().plusSeconds(sent / BYTES_PER_SECOND_TO_STORE);
  }

  /**
   * Its path takes the query along: taken apart, a query isn't put together to the same letters.
   */
  private static GenericUrl url(URI uri) {
    var origin = uri.getScheme() + "://" + uri.getRawAuthority();
    var url = new GenericUrl(URI.create(origin + "/"), true);
    var path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    url.setRawPath(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    return url;
  }

  private static Response answer(String method, URI uri, HttpResponse response) throws IOException {
    int status = response.getStatusCode();
    boolean bare = method.equals("HEAD") || status == 204 || status == 304;
    return new Response(
        uri,
        status,
        headers(response.getHeaders()),
        bare ? InputStream.nullInputStream() : content(response));
  }

  private static InputStream content(HttpResponse response) throws IOException {
    var content = response.getContent();
    return content == null ? InputStream.nullInputStream() : content;
  }

  private static Headers headers(HttpHeaders fields) {
    var copy = new LinkedHashMap<String, List<String>>();
    for (var name : fields.keySet()) {
      copy.put(name, new ArrayList<>(fields.getHeaderStringValues(name)));
    }
    return new Headers(copy);
  }

  private void notifyListener(String method, URI uri, int status, long start, String note) {
    var took = Duration.ofNanos(System.nanoTime() - start);
    options.requestListener().exchanged(RequestLine.of(method, uri), status, took, note);
  }

  /** A Location without its query, which can be a signature. */
  private static String bare(String location) {
    int query = location.indexOf('?');
    return ErrorResponses.sanitize(query < 0 ? location : location.substring(0, query) + "?…");
  }

  @Override
  public void close() {
    closed = true;
    try (stalls) {
      transport.shutdown();
    } catch (IOException e) {
      throw new UncheckedIOException("connections can't be closed", e);
    }
  }
}
