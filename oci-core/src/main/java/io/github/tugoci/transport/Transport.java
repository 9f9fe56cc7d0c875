package io.github.tugoci.transport;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.ListLimits;
import io.github.tugoci.net.Origin;
import io.github.tugoci.net.ProbeResult;
import io.github.tugoci.net.ProxyRoute;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TimeSource;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.text.SafeText;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLException;

/**
 * Asks registries: with a pool of connections, tokens and what it has learnt about each host, all
 * of which live as long as it. Safe for many threads; it starts one, while something is sent or
 * received, and a short one with a process's first TLS connection.
 */
public final class Transport implements Closeable {
  private static final int MAX_HOSTS = 1000;

  /** Larger bodies have a rate instead of a deadline. */
  private static final long SMALL_BODY = 1 << 20;

  private static final Duration ENDLESS = Duration.ofDays(100);

  private final TransportOptions options;
  private final Keychain keychain;
  private final HttpExecutor connections;
  private final Redirects wire;
  private final WarningCollector warnings;
  private final RecentMap<String, HostClient> hosts = new RecentMap<>(MAX_HOSTS);

  /** A transport with its own connections. */
  public Transport(TransportOptions options, Keychain keychain) {
    this.options = options;
    this.keychain = keychain;
    this.connections = new HttpExecutor(options);
    this.wire = new Redirects(connections);
    this.warnings = new WarningCollector(options.warnings());
  }

  /**
   * Sends a request, again after a failure that may pass.
   *
   * @return an answer of an allowed status; the caller closes it
   * @throws OciException for every other answer
   * @throws NetworkException if there was none
   */
  @SuppressWarnings("try") // the deadline is begun and ended, and not asked
  public Response send(Request request) throws IOException {
    var retries = request.withoutRetry() ? retries(0) : retries();
    var body = request.body();
    boolean small = body == null || body.size() <= SMALL_BODY;
    try (var scope = OperationDeadline.begin(small ? options.deadline() : ENDLESS)) {
      return retries.run(() -> host(request.host()).send(request));
    } catch (IOException failure) {
      throw withContext(failure, request, retries.attempts());
    }
  }

  /** The retries of one operation that takes more than one request. */
  public Retries retries() {
    return new Retries(options.retryPolicy(), options.timeSource(), options.notes());
  }

  /** The same, with at most a number of retries. */
  public Retries retries(int most) {
    var policy = options.retryPolicy();
    return new Retries(
        policy.withRetries(Math.min(most, policy.retries())),
        options.timeSource(),
        options.notes());
  }

  /** One round of something that is repeated until it is settled. */
  @FunctionalInterface
  public interface Round {
    /**
     * Does the round.
     *
     * @param number how many rounds there were before
     * @return how long to wait before the next round; empty if none is needed
     */
    Optional<Duration> run(int number) throws IOException;
  }

  /**
   * Repeats rounds until one needs no other.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  public void repeat(Round round) throws IOException {
    for (int number = 0; ; number++) {
      var pause = round.run(number);
      if (pause.isEmpty()) {
        return;
      }
      Retries.sleep(options.timeSource(), pause.get());
    }
  }

  /** Time and chance, for operations that decide by them. */
  public TimeSource timeSource() {
    return options.timeSource();
  }

  /** How much of a registry's list is read. */
  public ListLimits listLimits() {
    return options.listLimits();
  }

  /** The policy of every retry. */
  public RetryPolicy retryPolicy() {
    return options.retryPolicy();
  }

  /** What is known of a host. */
  public HostProfile profile(String host) {
    return host(host).profile();
  }

  /** Keeps something that was learnt about a host. */
  public void learn(String host, UnaryOperator<HostProfile> change) {
    host(host).learn(change);
  }

  /** Tells a person something, once. */
  public void warn(String warning) {
    warnings.report(warning);
  }

  /** How a host is reached; nothing is sent. */
  public ProxyRoute route(String host) {
    var origin = Origin.of(host, options.plainHttp());
    var proxy = options.proxy().find(origin).map(Origin::of).map(Origin::toString);
    return new ProxyRoute(URI.create(origin.toString()), proxy.map(URI::create).orElse(null));
  }

  /**
   * Asks a registry once, as nobody, for what its answer tells about the way there.
   *
   * @throws NetworkException if there is none
   */
  public ProbeResult probe(String host) throws IOException {
    var request = Request.of("GET", host, "/v2/").build();
    var uri = Origin.of(host, options.plainHttp()).resolve("/v2/");
    long start = System.nanoTime();
    try (var response = connections.exchange("GET", uri, Headers.EMPTY, null, null)) {
      return new ProbeResult(
          response.status(),
          response.headers(),
          Duration.ofNanos(System.nanoTime() - start),
          connections.certificate(uri.getHost()));
    } catch (IOException e) {
      throw withContext(e, request, 1);
    }
  }

  /** How many hosts, credentials and tokens are kept, and exchanges that aren't over. */
  int size() {
    return hosts.values().stream().mapToInt(host -> 1 + host.size()).sum() + connections.size();
  }

  /** Closes all connections; requests on their way fail. */
  @Override
  public void close() {
    connections.close();
  }

  private HostClient host(String name) {
    return hosts.computeIfAbsent(
        name, key -> new HostClient(key, options, keychain, wire, warnings));
  }

  private static IOException withContext(IOException failure, Request request, int attempts) {
    if (failure instanceof NetworkException network && network.attempts() < attempts) {
      return new NetworkException(
          String.valueOf(failure.getMessage()), network.request(), attempts, failure);
    }
    if (failure instanceof OciException
        || failure instanceof FileSystemException
        || OciException.isInterruption(failure)) {
      return failure;
    }
    var line =
        request.location() == null
            ? new RequestLine(request.method(), request.host() + request.path())
            : RequestLine.of(request.method(), request.location());
    return new NetworkException(
        describe(failure, request.host()) + (attempts > 1 ? ", " + attempts + " times" : ""),
        line,
        attempts,
        safe(failure));
  }

  /** A failure of the HTTP client can quote what a server has sent. */
  private static IOException safe(IOException failure) {
    var message = String.valueOf(failure.getMessage());
    var shown = SafeText.redact(SafeText.escape(message));
    if (shown.equals(message)) {
      return failure;
    }
    var told = new IOException(failure.getClass().getSimpleName() + ": " + shown);
    told.setStackTrace(failure.getStackTrace());
    return told;
  }

  private static String describe(IOException failure, String host) {
    if (failure instanceof UnknownHostException) {
      return "the host " + host + " is not known";
    }
    if (failure instanceof SocketTimeoutException) {
      return host + " didn't answer in time";
    }
    if (failure instanceof SSLException) {
      return "no secure connection to " + host + ": " + failure.getMessage();
    }
    return "no answer from " + host + ": " + failure.getMessage();
  }
}
