package io.github.tugoci.cli.connect;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.HostMemoryFile;
import io.github.tugoci.net.ProxySettings;
import io.github.tugoci.net.RequestListener;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the options of commands that talk to a registry have in common. */
public abstract sealed class RegistryOptions permits ConnectionOptions, ChartSourceOptions {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  abstract Values values();

  /** The options but the user's, which hasn't the same name everywhere. */
  abstract static class Values {
    @Option(
        names = "--plain-http",
        arity = "0..1",
        fallbackValue = "true",
        paramLabel = "BOOL",
        description = "Use HTTP instead of HTTPS (default: for loopback hosts only).")
    private @Nullable Boolean plainHttp;

    @Option(names = "--insecure", description = "Disable TLS certificate verification (insecure).")
    private boolean insecure;

    @Option(
        names = "--ca-file",
        paramLabel = "FILE",
        description = "Trust these CA certificates (PEM) in addition to the system's.")
    private @Nullable Path caFile;

    @Option(
        names = "--cert-file",
        paramLabel = "FILE",
        description = "Present this client certificate (PEM).")
    private @Nullable Path certFile;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "Use this private key of the client certificate (PEM, PKCS#8).")
    private @Nullable Path keyFile;

    @Option(
        names = "--registry-config",
        paramLabel = "FILE",
        description = "Read and store credentials only in this file.")
    private @Nullable Path registryConfig;

    @Option(
        names = "--password-stdin",
        description = "Read the password or token from standard input.")
    private boolean passwordStdin;

    @Option(
        names = "--timeout",
        paramLabel = "TIME",
        description = "Wait at most this long for an answer: 90s, 2m (default: 60s).")
    private Duration timeout = Duration.ofSeconds(60);

    @Option(
        names = "--deadline",
        paramLabel = "TIME",
        description = "Stop the whole command after this long: 5m, 1h (default: none).")
    private @Nullable Duration deadline;

    @Option(
        names = "--retries",
        paramLabel = "N",
        description = "Retry a failed request at most N times (default: 5).")
    private int retries = RetryPolicy.defaults().retries();

    @Option(
        names = "--concurrency",
        paramLabel = "N",
        description = "Transfer at most N blobs at once (default: 5).")
    private int concurrency = 5;

    abstract @Nullable String username();
  }

  /**
   * Opens the way to registries.
   *
   * @param hosts those that the command names; a user given by option is meant for the only one
   */
  public ClientSession open(CommandContext session, Collection<String> hosts) throws IOException {
    return open(session, credentials(session).keychain(hosts));
  }

  /**
   * Opens the way to registries.
   *
   * @param hosts those that the command names
   * @param otherwise where credentials are that aren't found elsewhere
   */
  public ClientSession open(CommandContext session, Collection<String> hosts, Keychain otherwise)
      throws IOException {
    return open(session, Keychain.firstOf(credentials(session).keychain(hosts), otherwise));
  }

  /** Opens the way to registries with these credentials and no others. */
  public ClientSession open(CommandContext session, Keychain keychain) {
    if (values().insecure) {
      session.warn("--insecure: TLS certificates are not verified");
    }
    var connection =
        new ClientSession(
            keychain,
            options(session),
            HostMemoryFile.open(session.environment().cacheDirectory().resolve("hosts.json")),
            concurrency(),
            session);
    session.deadline().endsWith(connection.client());
    if (values().deadline != null) {
      session.deadline().endAfter(values().deadline);
    }
    return connection;
  }

  public Credentials credentials(CommandContext session) {
    return new Credentials(
        session, values().registryConfig, values().username(), values().passwordStdin);
  }

  public int concurrency() {
    if (values().concurrency < 1) {
      throw new InvalidInputException(
          "invalid --concurrency " + values().concurrency, "use a number from 1");
    }
    return values().concurrency;
  }

  private TransportOptions.Builder options(CommandContext session) {
    if (values().retries < 0) {
      throw new InvalidInputException(
          "invalid --retries " + values().retries, "use a number from 0");
    }
    var options =
        TransportOptions.builder()
            .plainHttp(values().plainHttp)
            .insecure(values().insecure)
            .caFile(readable("--ca-file", values().caFile))
            .readTimeout(values().timeout)
            .connectTimeout(values().timeout.compareTo(CONNECT) < 0 ? values().timeout : CONNECT)
            .retryPolicy(RetryPolicy.defaults().withRetries(values().retries))
            .proxy(proxies(session.environment().variables()))
            .requestListener(
                session.output().tracing()
                    ? (request, status, took, note) ->
                        session.output().trace(trace(request, status, took, note))
                    : RequestListener.NONE)
            .warnings(session::warn)
            .notes(session::note)
            .userAgent("tug/" + session.version());
    var certificate = readable("--cert-file", values().certFile);
    var key = readable("--key-file", values().keyFile);
    if ((certificate == null) != (key == null)) {
      throw new InvalidInputException(
          "--cert-file and --key-file must be used together", "add the other one");
    }
    return certificate == null || key == null
        ? options
        : options.clientCertificate(certificate, key);
  }

  private static String trace(RequestLine request, int status, Duration took, String note) {
    var answer = status == RequestListener.NO_STATUS ? "failed" : String.valueOf(status);
    return "> %s %s %d ms%s"
        .formatted(request, answer, took.toMillis(), note.isEmpty() ? "" : " " + note);
  }

  private static @Nullable Path readable(String option, @Nullable Path file) {
    if (file != null && !Files.isReadable(file)) {
      throw new InvalidInputException(
          "can't read %s %s".formatted(option, file), "check its name and permissions");
    }
    return file;
  }

  private static ProxySettings proxies(Map<String, String> variables) {
    try {
      return ProxySettings.of(new TreeMap<>(variables));
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, null);
    }
  }
}
