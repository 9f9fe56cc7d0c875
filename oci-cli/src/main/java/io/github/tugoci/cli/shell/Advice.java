package io.github.tugoci.cli.shell;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What to do about a failure: what a registry is known to mean by its words, and what fits all. */
final class Advice {
  private Advice() {}

  static Optional<String> on(
      ExitCode exit, Optional<RegistryException> answer, Optional<NetworkException> network) {
    if (network.isPresent()) {
      return Optional.of(onNetwork(network.get()));
    }
    var host = answer.map(RegistryException::request).map(Advice::host);
    var known = answer.flatMap(said -> GhcrAdvice.on(said, host.orElse("")));
    if (known.isPresent()) {
      return known;
    }
    if (answer.filter(Advice::refusesDeletion).isPresent()) {
      return Optional.of(
          "the registry doesn't allow deletion, or not of single tags: @DIGEST instead of :TAG deletes"
              + " the manifest with all its tags");
    }
    return switch (exit) {
      case DENIED ->
          Optional.of(
              answer.filter(a -> a.status() == 403).isPresent()
                  ? "the credential lacks the permission; -v shows which one was used"
                  : "log in with \"tug login "
                      + host.orElse("HOST")
                      + "\"; -v shows which"
                      + " credential was used");
      case RATE_LIMITED ->
          Optional.of(
              "wait"
                  + answer
                      .flatMap(RegistryException::retryAfter)
                      .map(wait -> " " + wait.toSeconds() + " s")
                      .orElse(" a while")
                  + ", or log in for a higher limit");
      case EXISTS -> Optional.of("leave --no-overwrite out to replace it");
      default -> Optional.empty();
    };
  }

  /** Both statuses are in use for it (distribution-spec, "Deleting tags", "Deleting Blobs"). */
  private static boolean refusesDeletion(RegistryException answer) {
    return answer.request().method().equals("DELETE")
        && (answer.status() == 400 || answer.status() == 405);
  }

  private static String onNetwork(NetworkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "check the host name and DNS";
      }
      if (cause instanceof ConnectException) {
        return "check that the registry is running, its port, and HTTPS_PROXY";
      }
      if (cause instanceof SSLException) {
        return "for a private CA use --ca-file; for a registry without TLS, --plain-http";
      }
    }
    return "try again, with a longer --timeout or more --retries";
  }

  private static String host(RequestLine request) {
    return Optional.ofNullable(URI.create(request.url().replace("…", "")).getRawAuthority())
        .orElse("");
  }
}
