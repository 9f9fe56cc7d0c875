package io.github.tugoci.auth;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.text.FileName;
import io.github.tugoci.text.SafeText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that keeps credentials in a store of the system: {@code docker-credential-NAME
 * get|store|erase} (Docker's credential helper protocol).
 */
final class CredentialHelper {
  /** Enough for a helper that asks a cloud, and for a person to unlock a key ring. */
  static final Duration TIME_LIMIT = Duration.ofSeconds(60);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final List<String> SUFFIXES = List.of("", ".exe", ".cmd");
  private static final String NOT_FOUND = "credentials not found";
  private static final String IDENTITY_TOKEN = "<token>";
  private static final int MAX_QUOTE = 200;

  private final String name;
  private final String program;
  private final Map<String, String> environment;
  private final Duration timeLimit;

  /**
   * Names a helper; it is looked for when it is asked.
   *
   * @throws AuthenticationException if the name isn't a plain word, which could lead elsewhere
   */
  CredentialHelper(String name, Map<String, String> environment, Duration timeLimit)
      throws AuthenticationException {
    if (!NAME.matcher(name).matches()) {
      throw new AuthenticationException(
          "the credential helper's name '" + printable(name) + "' is malformed");
    }
    this.name = name;
    this.program = "docker-credential-" + name;
    this.environment = environment;
    this.timeLimit = timeLimit;
  }

  /** What is stored for a server; empty if the helper says that there is nothing. */
  Optional<Credential> find(String server) throws IOException {
    var output = run("get", server);
    if (output.isEmpty()) {
      return Optional.empty();
    }
    try {
      var answer =
          Json.parseSecretObject(output.get().getBytes(StandardCharsets.UTF_8), "its answer");
      var username = answer.string("Username").orElse("");
      var secret = answer.string("Secret").orElse("");
      if (secret.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          username.equals(IDENTITY_TOKEN)
              ? new Credential.IdentityToken(secret, program)
              : new Credential.Password(username, secret, program));
    } catch (InvalidContentException e) {
      throw new AuthenticationException(program + ": " + e.getMessage(), e);
    }
  }

  /** Whether the program is there. */
  boolean isInstalled() {
    try {
      locate();
      return true;
    } catch (AuthenticationException e) {
      return false;
    }
  }

  void store(String server, Credential.Password credential) throws IOException {
    var entry = new LinkedHashMap<String, String>();
    entry.put("ServerURL", server);
    entry.put("Username", credential.username());
    entry.put("Secret", credential.password());
    run("store", new String(Json.write(entry), StandardCharsets.UTF_8));
  }

  /** Forgets a server; it's no fault if there is nothing to forget. */
  void erase(String server) throws IOException {
    run("erase", server);
  }

  /** The output; empty if the helper knows nothing of the server. */
  private Optional<String> run(String action, String input) throws IOException {
    HelperProcess.Result result;
    try {
      result =
          HelperProcess.run(
              List.of(locate().toString(), action),
              HelperEnvironment.of(name, environment),
              input.getBytes(StandardCharsets.UTF_8),
              timeLimit);
    } catch (HelperProcess.FailedException e) {
      throw new AuthenticationException(program + " " + action + " " + e.getMessage(), e);
    }
    if (result.exitCode() == 0) {
      return Optional.of(result.output());
    }
    if (!action.equals("store") && result.output().toLowerCase(Locale.ROOT).contains(NOT_FOUND)) {
      return Optional.empty();
    }
    throw new AuthenticationException(
        program
            + " "
            + action
            + " failed with exit code "
            + result.exitCode()
            + quote(action, result.output()));
  }

  /**
   * The reason, which helpers print where the answer would stand. It's left out where it could hold
   * a secret: in answers, which are JSON, and in echoes of what was to be stored.
   */
  private static String quote(String action, String text) {
    var line = printable(text);
    if (line.isEmpty() || text.contains("{") || action.equals("store")) {
      return "";
    }
    return ": " + line;
  }

  /** One short line, whatever a file or a program said. */
  private static String printable(String text) {
    return SafeText.redact(SafeText.oneLine(text, MAX_QUOTE));
  }

  /** The program on the given PATH; folders that aren't absolute would depend on where we are. */
  private Path locate() throws AuthenticationException {
    var path =
        environment.entrySet().stream()
            .filter(variable -> variable.getKey().equalsIgnoreCase("PATH"))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
    for (var folder : path.split(File.pathSeparator, -1)) {
      for (var suffix : SUFFIXES) {
        var candidate = candidate(folder, program + suffix);
        if (candidate.isPresent()) {
          return candidate.get();
        }
      }
    }
    throw new AuthenticationException(program + " is not on the PATH");
  }

  private static Optional<Path> candidate(String folder, String file) {
    try {
      var path = FileName.resolve(FileName.path(folder), file);
      return path.isAbsolute() && Files.isRegularFile(path) && Files.isExecutable(path)
          ? Optional.of(path)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
