package io.github.tugoci.cli.shell;

import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What to do about a failure: what a registry is known to mean by its words, and what fits all. */
final class Advice {
  private static final String LOWER_CASE = "write the owner and the name in lower case";

  /** In the order in which they are looked for: the words, and what is behind them. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "installation not allowed to create",
              "the job's token can't create packages: give the job \"permissions: packages:"
                  + " write\"; if it has that, the organisation forbids new packages"),
          new Rule(
              "installation not allowed to",
              "the job's token can't write packages: give the job \"permissions: packages:"
                  + " write\"; pull requests from forks and Dependabot don't get it"),
          new Rule(
              "permission_denied: write_package",
              "the package was first pushed with a personal token and isn't linked to this"
                  + " repository: in the package's settings, under Manage Actions access, give"
                  + " the repository the role Write"),
          new Rule(
              "permission_denied: read_package",
              "the package is private: use a token with read:packages, of a user with access to"
                  + " it"),
          new Rule(
              "cannot be authenticated with the token",
              "the token is wrong, expired or fine-grained: GHCR accepts classic tokens and"
                  + " GITHUB_TOKEN"),
          new Rule("could not be parsed", LOWER_CASE),
          new Rule("invalid reference", LOWER_CASE),
          new Rule(
              "denied: denied",
              "the stored credential is stale: \"tug login ghcr.io\" again, or \"tug logout"
                  + " ghcr.io\" for a public package"),
          new Rule(
              "last tagged version",
              "GitHub keeps a package's last version: delete the package itself, in its"
                  + " settings"),
          new Rule(
              "delete:packages",
              "deleting needs a classic token with delete:packages, of an admin of the package"),
          new Rule(
              "bad credentials",
              "GitHub's API rejects the token: it is wrong or expired; \"tug login ghcr.io\""
                  + " again"));

  private record Rule(String words, String hint) {}

  private Advice() {}

  static Optional<String> on(
      ExitCode exit, Optional<RegistryException> answer, Optional<NetworkException> network) {
    if (network.isPresent()) {
      return Optional.of(onNetwork(network.get()));
    }
    var host = answer.map(RegistryException::request).map(Advice::host);
    var known = answer.flatMap(said -> onGitHub(said, host.orElse("")));
    if (known.isPresent()) {
      return known;
    }
    if (answer.filter(Advice::refusesDeletion).isPresent()) {
      return Optional.of(
          "the registry doesn't allow deletion, or not of single tags: @DIGEST instead of :TAG"
              + " deletes the manifest with all its tags");
    }
    if (answer.filter(Advice::wantsTls).isPresent()) {
      return Optional.of("the registry speaks TLS: --plain-http=false");
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

  /** As Go's servers say it, and nginx. */
  private static boolean wantsTls(RegistryException answer) {
    return answer.status() == 400
        && answer.details().stream().anyMatch(said -> said.toString().contains("HTTPS "));
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
        return refusesOurs(cause)
            ? "the registry asks for a certificate that it knows: --cert-file and --key-file"
            : "for a private CA use --ca-file; for a registry without TLS, --plain-http";
      }
    }
    var message = String.valueOf(e.getMessage());
    if (message.contains("the proxy answered 407")) {
      return "put a user and a password before the proxy's host, in HTTPS_PROXY or HTTP_PROXY";
    }
    if (message.contains("the proxy answered ")) {
      return "ask who runs the proxy, or name the host in NO_PROXY";
    }
    return "try again, with a longer --timeout or more --retries";
  }

  /** RFC 8446, section 6.2: certificate_required, bad_certificate and their kin. */
  private static boolean refusesOurs(Throwable alert) {
    var message = String.valueOf(alert.getMessage());
    return message.contains("Received fatal alert") && message.contains("certificate");
  }

  private static String host(RequestLine request) {
    return Optional.ofNullable(URI.create(request.url().replace("…", "")).getRawAuthority())
        .orElse("");
  }

  /** What GitHub's messages are known to mean: its registry's, and its API's for packages. */
  private static Optional<String> onGitHub(RegistryException answer, String host) {
    boolean api = answer.request().url().contains("/packages/container/");
    if (!api && !host.equals("ghcr.io")) {
      return Optional.empty();
    }
    var said =
        answer.details().stream()
            .map(detail -> detail.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining("\n"));
    return RULES.stream()
        .filter(rule -> said.contains(rule.words()))
        .findFirst()
        .map(Rule::hint)
        .or(() -> Optional.ofNullable(byStatus(answer.status(), api)));
  }

  private static @Nullable String byStatus(int status, boolean api) {
    if (api && (status == 403 || status == 404)) {
      return "the token needs read:packages to find a package, delete:packages to delete from it,"
          + " and an admin of the package as its owner";
    }
    return !api && status == 401
        ? "it is private or doesn't exist (GHCR answers the same): \"tug login ghcr.io\" with a"
            + " token that has read:packages"
        : null;
  }
}
