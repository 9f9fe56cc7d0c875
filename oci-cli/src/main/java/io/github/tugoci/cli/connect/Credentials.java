package io.github.tugoci.cli.connect;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.DockerConfig;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.auth.StandardKeychain;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's credentials come from, and where a login goes.
 *
 * @param file the only file that is read and written; null for Docker's and the others' files
 * @param username whom the command line names
 * @param passwordStdin whether the password is read from standard input
 */
public record Credentials(
    CommandContext session, @Nullable Path file, @Nullable String username, boolean passwordStdin) {
  private static final int MAX_PASSWORD = 64 * 1024;

  public DockerConfig loginFile() {
    var environment = session.environment();
    return file == null
        ? StandardKeychain.loginFile(environment.variables(), environment.home(), session::warn)
        : DockerConfig.at(file, environment.variables(), session::warn);
  }

  /**
   * The credential that the command line gives, asking for what is missing.
   *
   * @throws InvalidInputException if it isn't whole and nobody can be asked
   */
  public Credential.Password given() throws IOException {
    var terminal = session.environment().terminal();
    var name =
        Optional.ofNullable(username)
            .or(() -> passwordStdin ? Optional.empty() : terminal.ask("Username: "))
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () -> new InvalidInputException("missing user name", "add --username NAME"));
    if (name.contains(":")) {
      throw new InvalidInputException("invalid user name: it has a ':'", null);
    }
    var password =
        (passwordStdin ? Optional.of(readPassword()) : terminal.askSecret("Password: "))
            .filter(text -> !text.isEmpty())
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        "missing password",
                        "pipe it in with --password-stdin, as in: printenv TOKEN | tug …"));
    return new Credential.Password(
        name, password, passwordStdin ? "--password-stdin" : "the terminal");
  }

  private String readPassword() throws IOException {
    var bytes = session.environment().in().readNBytes(MAX_PASSWORD);
    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("[\\r\\n]+$", "");
  }

  /** The credential for a registry; the command line's comes before those that are stored. */
  public Optional<Credential> find(String host) throws IOException {
    return keychain(List.of(host)).find(host, null);
  }

  /** The credentials for a command that names these hosts. */
  Keychain keychain(Collection<String> hosts) throws IOException {
    if (username == null && !passwordStdin) {
      return noted(stored());
    }
    var different = hosts.stream().distinct().toList();
    if (different.size() != 1) {
      throw new InvalidInputException(
          different.isEmpty()
              ? "--username needs a registry"
              : "--username is for one registry, not for " + String.join(" and ", different),
          "use \"tug login\" for each of them");
    }
    return noted(Keychain.firstOf(Keychain.of(different.get(0), given()), stored()));
  }

  private Keychain stored() {
    var environment = session.environment();
    return file == null
        ? StandardKeychain.of(environment.variables(), environment.home(), session::warn)
        : loginFile().keychain();
  }

  private Keychain noted(Keychain keychain) {
    return (host, repository) -> {
      var found = keychain.find(host, repository);
      session.note(host + ": " + found.map(Object::toString).orElse("no credential"));
      return found;
    };
  }
}
