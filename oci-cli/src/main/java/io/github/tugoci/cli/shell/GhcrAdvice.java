package io.github.tugoci.cli.shell;

import io.github.tugoci.error.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What GitHub's messages are known to mean: its registry's, and those of its API for packages. */
final class GhcrAdvice {
  private static final String LOWER_CASE = "write the owner and the name in lower case";

  /** In the order in which they are looked for: the words, and what is behind them. */
  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "installation not allowed to create",
              "the job's token can't create packages: give the job \"permissions: packages: write\";"
                  + " if it has that, the organisation forbids new packages"),
          new Rule(
              "installation not allowed to",
              "the job's token can't write packages: give the job \"permissions: packages: write\";"
                  + " pull requests from forks and Dependabot don't get it"),
          new Rule(
              "permission_denied: write_package",
              "the package was first pushed with a personal token and isn't linked to this"
                  + " repository: in the package's settings, under Manage Actions access, give the"
                  + " repository the role Write"),
          new Rule(
              "permission_denied: read_package",
              "the package is private: use a token with read:packages, of a user with access to it"),
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
              "GitHub keeps a package's last version: delete the package itself, in its settings"),
          new Rule(
              "delete:packages",
              "deleting needs a classic token with delete:packages, of an admin of the package"),
          new Rule(
              "bad credentials",
              "GitHub's API rejects the token: it is wrong or expired; \"tug login ghcr.io\""
                  + " again"));

  private record Rule(String words, String hint) {}

  private GhcrAdvice() {}

  static Optional<String> on(RegistryException answer, String host) {
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
