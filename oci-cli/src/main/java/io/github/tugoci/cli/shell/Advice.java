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
import javax.net.ssl.SSLException;

/** What to do about a failure: what a registry is known to mean by its words, and what fits all. */
final class Advice {
  private static final String NO_PACKAGES_WRITE =
      "give the job \"permissions: packages: write\"; pull requests from forks and Dependabot don't"
          + " get it, and the organisation may forbid new packages";

  /** GHCR's words, in the order in which they are looked for, and what is behind them. */
  private static final List<Rule> GHCR =
      List.of(
          new Rule("installation not allowed to", NO_PACKAGES_WRITE),
          new Rule(
              "permission_denied: write_package",
              "the package isn't linked to this repository: in its settings, under Manage Actions"
                  + " access, give the repository the role Write"),
          new Rule(
              "permission_denied: read_package",
              "the package is private: use a token with read:packages that may see it"),
          new Rule(
              "cannot be authenticated with the token",
              "the token is wrong, expired or fine-grained: GHCR takes classic tokens and"
                  + " GITHUB_TOKEN"),
          new Rule("could not be parsed", "write the owner and the name in lower case"),
          new Rule("invalid reference", "write the owner and the name in lower case"),
          new Rule(
              "denied: denied",
              "the stored credential is stale: \"tug login ghcr.io\" again, or \"tug logout"
                  + " ghcr.io\" for a public package"));

  private record Rule(String words, String hint) {}

  private Advice() {}

  static Optional<String> on(
      ExitCode exit, Optional<RegistryException> answer, Optional<NetworkException> network) {
    if (network.isPresent()) {
      return Optional.of(onNetwork(network.get()));
    }
    var host = answer.map(RegistryException::request).map(Advice::host);
    if (host.isPresent() && host.get().equals("ghcr.io")) {
      var known = onGhcr(answer.get());
      if (known.isPresent()) {
        return known;
      }
    }
    if (answer.filter(Advice::refusesDeletion).isPresent()) {
      return Optional.of(
          "deletion is switched off there, or tags can't be deleted alone: then @DIGEST instead of"
              + " :TAG deletes what the tag means, with all its tags");
    }
    return switch (exit) {
      case DENIED ->
          Optional.of(
              answer.filter(a -> a.status() == 403).isPresent()
                  ? "the credential isn't allowed to do this; -v tells which one was used"
                  : "log in with \"tug login "
                      + host.orElse("HOST")
                      + "\"; -v tells which"
                      + " credential was used");
      case RATE_LIMITED ->
          Optional.of(
              "wait"
                  + answer
                      .flatMap(RegistryException::retryAfter)
                      .map(wait -> " " + wait.toSeconds() + " s")
                      .orElse(" a while")
                  + ", or log in for a higher limit");
      case INVALID_CONTENT -> Optional.of("nothing was kept; try again, and tell who runs it");
      case EXISTS -> Optional.of("leave --no-overwrite out to replace it");
      default -> Optional.empty();
    };
  }

  /** Both statuses are in use for it (distribution-spec, "Deleting tags", "Deleting Blobs"). */
  private static boolean refusesDeletion(RegistryException answer) {
    return answer.request().method().equals("DELETE")
        && (answer.status() == 400 || answer.status() == 405);
  }

  private static Optional<String> onGhcr(RegistryException answer) {
    var said =
        String.join("\n", answer.details().stream().map(Object::toString).toList())
            .toLowerCase(Locale.ROOT);
    return GHCR.stream()
        .filter(rule -> said.contains(rule.words()))
        .findFirst()
        .map(Rule::hint)
        .or(
            () ->
                answer.status() == 401
                    ? Optional.of(
                        "it is private or doesn't exist (GHCR answers the same): \"tug login"
                            + " ghcr.io\" with a token that has read:packages")
                    : Optional.empty());
  }

  private static String onNetwork(NetworkException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "check the host's name and the DNS";
      }
      if (cause instanceof ConnectException) {
        return "check that the registry runs there, its port, and HTTPS_PROXY";
      }
      if (cause instanceof SSLException) {
        return "a private CA is given with --ca-file; a registry without TLS needs --plain-http";
      }
    }
    return "try again, with a longer --timeout or more --retries";
  }

  private static String host(RequestLine request) {
    return Optional.ofNullable(URI.create(request.url().replace("…", "")).getRawAuthority())
        .orElse("");
  }
}
