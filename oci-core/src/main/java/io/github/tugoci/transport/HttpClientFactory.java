package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.net.Origin;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.channels.SocketChannel;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.DetachedSocketFactory;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The pool of connections. */
final class HttpClientFactory {
  private static final int MAX_PER_HOST = 64;

  /** A signed Location has some kilobytes; a head without end is cut. */
  private static final Http1Config HEAD_LIMITS =
      Http1Config.custom().setMaxLineLength(64 << 10).setMaxHeaderCount(500).build();

  /** A server that answers before it has read the body (413, 401) is listened to this often. */
  static final long EARLY_RESPONSE_CHECK_BYTES = 4 << 20;

  private HttpClientFactory() {}

  static CloseableHttpClient create(TransportOptions options, Tls tls, StallWatch stalls) {
    QuietLogging.start();
    var stale = new StaleConnections();
    return HttpClientBuilder.create()
        .setConnectionManager(connections(options, tls))
        .setRoutePlanner(routes(options.proxy()))
        .setDefaultCredentialsProvider(proxyCredentials(options.proxy()))
        .addExecInterceptorBefore(ChainElement.CONNECT.name(), "stall-watch", stalls)
        .addExecInterceptorLast("connected", stalls::connected)
        .setRetryStrategy(stale)
        .setConnectionReuseStrategy(stale)
        .addExecInterceptorFirst("repeatable-bodies", stale)
        .setUserAgent(options.userAgent())
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(TransportOptions options, Tls tls) {
    var connect = Timeout.of(options.connectTimeout());
    boolean sendsFiles = sendsFiles();
    // Not where a proxy may stand: TLS comes on top of its connection then.
    var builder =
        sendsFiles && options.proxy().all().isEmpty()
            ? new ChannelBuilder()
            : PoolingHttpClientConnectionManagerBuilder.create();
    return builder
        .setTlsSocketStrategy(tls)
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(connect).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connect)
                // Each time, where isStale is ours and takes a microsecond.
                .setValidateAfterInactivity(TimeValue.ofSeconds(sendsFiles ? 0 : 1))
                .build())
        .setConnectionFactory(sendsFiles ? HttpClientFactory::connection : throughMemory())
        .setMaxConnPerRoute(MAX_PER_HOST)
        .setMaxConnTotal(4 * MAX_PER_HOST)
        .build();
  }

  /** Not before logging is quiet: the first connection's class begins it. */
  private static boolean sendsFiles() {
    try {
      return FileSendingConnection.isAvailable();
    } catch (LinkageError before56) {
      // An httpclient5 before 5.6, whose connections can't be extended.
      return false;
    }
  }

  private static FileSendingConnection connection(@Nullable Socket socket) throws IOException {
    var connection = new FileSendingConnection(HEAD_LIMITS);
    if (socket != null) {
      connection.bind(socket);
    }
    return connection;
  }

  private static ManagedHttpClientConnectionFactory throughMemory() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(HEAD_LIMITS)
        .responseParserFactory(CompleteHeadParser::new)
        .responseOutOfOrderStrategy(
            new MonitoringResponseOutOfOrderStrategy(EARLY_RESPONSE_CHECK_BYTES))
        .build();
  }

  /** Opens sockets with a channel where files may be sent from it. */
  private static final class ChannelBuilder extends PoolingHttpClientConnectionManagerBuilder {
    @Override
    protected HttpClientConnectionOperator createConnectionOperator(
        SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
      var sockets =
          new DetachedSocketFactory() {
            @Override
            public Socket create(@Nullable Proxy socks) throws IOException {
              return socks == null ? new Socket() : new Socket(socks);
            }

            @Override
            public Socket create(@Nullable String scheme, @Nullable Proxy socks)
                throws IOException {
              return socks == null && "http".equals(scheme)
                  ? SocketChannel.open().socket()
                  : create(socks);
            }
          };
      return new DefaultHttpClientConnectionOperator(
          sockets, ports, names, scheme -> "https".equals(scheme) ? tls : null);
    }
  }

  private static DefaultRoutePlanner routes(ProxySettings proxies) {
    return new DefaultRoutePlanner(null) {
      @Override
      protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        return proxies
            .find(Origin.of(URI.create(target.toURI())))
            .map(HttpClientFactory::host)
            .orElse(null);
      }
    };
  }

  private static HttpHost host(URI proxy) {
    var origin = Origin.of(proxy);
    return new HttpHost(origin.scheme(), origin.host(), origin.port());
  }

  private static BasicCredentialsProvider proxyCredentials(ProxySettings proxies) {
    var provider = new BasicCredentialsProvider();
    for (var proxy : proxies.all()) {
      var user = proxy.getRawUserInfo();
      if (user != null) {
        var parts = user.split(":", 2);
        var password = parts.length < 2 ? "" : decode(parts[1]);
        provider.setCredentials(
            new AuthScope(host(proxy)),
            new UsernamePasswordCredentials(decode(parts[0]), password.toCharArray()));
      }
    }
    return provider;
  }

  /** Percent-decoding; a plus is a plus. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }
}
