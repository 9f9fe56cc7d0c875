package io.github.tugoci.transport;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RequestLine;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Asks registries: with a pool of connections, tokens and what it has learnt about each host, all
 * of which live as long as it. Safe for many threads; it starts one, while something is sent or
 * received.
 */
public final class Transport implements Closeable {
  private static final int MAX_REMEMBERED_PUSHES = 10_000;
  private static final int LOCK_STRIPES = 64;

  private final TransportOptions options;
  private final Keychain keychain;
  private final HttpExecutor connections;
  private final Redirects wire;
  private final WarningCollector warnings;
  private final Set<String> pushed = ConcurrentHashMap.newKeySet();
  private final List<Lock> locks =
      Stream.<Lock>generate(ReentrantLock::new).limit(LOCK_STRIPES).toList();
  private final Set<String> facts = ConcurrentHashMap.newKeySet();
  private final RecentWrites writes;
  private final Map<String, HostClient> hosts = new ConcurrentHashMap<>();

  /** A transport with its own connections. */
  public Transport(TransportOptions options, Keychain keychain) {
    this.options = options;
    this.keychain = keychain;
    this.writes = new RecentWrites(options.hostMemory());
    this.connections = new HttpExecutor(options);
    this.wire = new Redirects(connections);
    this.warnings = new WarningCollector(options.warnings());
  }

  /**
   * Asks, and tries again while there is hope.
   *
   * @return an answer that the request takes for one; the caller closes it
   * @throws OciException for every other answer
   * @throws NetworkException if there was none
   */
  public Response send(Request request) throws IOException {
    var backoff =
        (request.withoutRetry() ? options.retryPolicy().withRetries(0) : retryPolicy()).start();
    for (int attempt = 1; ; attempt++) {
      try {
        return host(request.host()).send(request);
      } catch (IOException failure) {
        try {
          backoff.pause(failure);
        } catch (IOException last) {
          throw last == failure ? withContext(failure, request, attempt) : last;
        }
      }
    }
  }

  /** The policy, for operations that take more than one request. */
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

  /**
   * Keeps, for as long as this transport lives, something that was found out by asking, so that it
   * isn't found out again: that a host refuses one way of asking, for instance.
   */
  public void note(String fact) {
    if (facts.size() < MAX_REMEMBERED_PUSHES) {
      facts.add(fact);
    }
  }

  /** Whether this was noted. */
  public boolean noted(String fact) {
    return facts.contains(fact);
  }

  /** Tells a person something, once. */
  public void warn(String warning) {
    warnings.report(warning);
  }

  /**
   * Whether something was pushed from here before.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  public boolean pushedBefore(String reference) {
    return pushed.contains(reference) || options.hostMemory().pushedBefore(reference);
  }

  /**
   * Keeps that something was pushed.
   *
   * @param reference {@code HOST/NAME@DIGEST}
   */
  public void rememberPush(String reference) {
    if (pushed.size() < MAX_REMEMBERED_PUSHES && pushed.add(reference)) {
      options.hostMemory().rememberPush(reference);
    }
  }

  /**
   * The lock for a change that takes more than one request, so that those who change the same thing
   * through this transport don't undo one another's work.
   *
   * @param what what is changed; two things may share a lock
   */
  public Lock lockFor(String what) {
    return locks.get(Math.floorMod(what.hashCode(), LOCK_STRIPES));
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
    try (var response = connections.exchange("GET", uri, Map.of(), null, null)) {
      return new ProbeResult(
          response.status(),
          response.headers(),
          Duration.ofNanos(System.nanoTime() - start),
          connections.certificate(uri.getHost()));
    } catch (IOException e) {
      throw withContext(e, request, 1);
    }
  }

  /** Keeps for a moment that something was written. */
  public void recordWrite(String what) {
    writes.add(what);
  }

  /** Forgets that it was written, as it was deleted. */
  public void recordDelete(String what) {
    writes.remove(what);
  }

  /** Whether something was written a moment ago, so that a registry may not find it yet. */
  public boolean writtenRecently(String what) {
    return writes.contains(what);
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
    if (failure instanceof OciException
        || failure instanceof FileSystemException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException))) {
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
        failure);
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
