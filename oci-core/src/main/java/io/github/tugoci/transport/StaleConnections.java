package io.github.tugoci.transport;

import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends a request again, on another connection, where the one that was kept for it turns out to be
 * closed (RFC 9112, section 9.3.1): that is no failure of either side. Some servers close each
 * connection after its answer without saying so; when one was caught at that, no connection to it
 * is kept any more.
 *
 * <p>A PATCH, which isn't idempotent, isn't sent again from here: an upload asks the registry first
 * how far it came.
 */
final class StaleConnections
    implements HttpRequestRetryStrategy, ExecChainHandler, ConnectionReuseStrategy {
  /** More than the pool holds: each try uses up one connection of it. */
  private static final int MOST_TRIES = 300;

  /** An idle connection may be closed just when it is used; the third time isn't chance. */
  private static final int CHANCE = 2;

  /**
   * More than kernels buffer, which take that much for a connection about to be closed: Linux 4 MiB
   * where it is sent (tcp_wmem), and little where nobody reads.
   */
  private static final long LARGE = 5 << 20;

  private final Map<String, Integer> caught = new ConcurrentHashMap<>();

  @Override
  public boolean retryRequest(
      HttpRequest request, IOException failure, int tries, HttpContext context) {
    if (!isClosed(failure) || !isReused(context)) {
      return false;
    }
    caught.merge(server(request), 1, Integer::sum);
    return tries < MOST_TRIES
        && !request.getMethod().equals("PATCH")
        && !isArrived(request, failure);
  }

  @Override
  public boolean retryRequest(HttpResponse response, int tries, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int tries, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }

  /** Comes before the retries: says that bodies can be sent again, as all of ours can. */
  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var body = request.getEntity();
    if (body != null) {
      request.setEntity(
          new HttpEntityWrapper(body) {
            @Override
            public boolean isRepeatable() {
              return true;
            }
          });
    }
    return chain.proceed(request, scope);
  }

  /** Whether a connection is kept after an answer. */
  @Override
  public boolean keepAlive(HttpRequest request, HttpResponse response, HttpContext context) {
    return caught.getOrDefault(server(request), 0) <= CHANCE
        && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context);
  }

  private static String server(HttpRequest request) {
    return request.getScheme() + "://" + request.getAuthority();
  }

  /** By the server: what we close ourselves is called otherwise. */
  private static boolean isClosed(IOException failure) {
    var broken = failure instanceof SSLException ? failure.getCause() : failure;
    return failure instanceof NoHttpResponseException
        || (broken != null
            && broken.getClass() == SocketException.class
            && !"Socket closed".equals(broken.getMessage()));
  }

  /**
   * Whether a large body was read to its end: written it can't be otherwise, so what is lost is the
   * answer, and the sender finds out more cheaply than by sending all again.
   */
  private static boolean isArrived(HttpRequest request, IOException failure) {
    return failure instanceof NoHttpResponseException
        && request instanceof ClassicHttpRequest sent
        && sent.getEntity() != null
        && sent.getEntity().getContentLength() > LARGE;
  }

  private static boolean isReused(HttpContext context) {
    var connection = HttpCoreContext.cast(context).getEndpointDetails();
    return connection != null && connection.getRequestCount() > 1;
  }
}
