package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A document for a cluster that holds a registry's credential, as YAML or as JSON.
 *
 * @param json the document
 * @param secrets what of it nobody may see, each in the form that it has there
 */
record ClusterCredential(Map<String, ?> json, List<String> secrets) {
  /**
   * The user and password that are stored for a registry.
   *
   * @throws FailedException if there is none that a cluster could use
   */
  static Credential.Password find(ConnectionOptions options, CommandContext session, String host)
      throws IOException {
    var found = options.credentials(session).find(host);
    if (found.isPresent() && found.get() instanceof Credential.Password password) {
      return password;
    }
    throw found
        .map(
            other ->
                denied(
                    "unusable credential for %s: not a user name with a password: %s"
                        .formatted(host, other),
                    "a cluster can't use it; \"tug login " + host + "\" with a token"))
        .orElseGet(
            () ->
                denied(
                    "no credential stored for " + host,
                    "store one with \"tug login " + host + "\""));
  }

  private static FailedException denied(String message, String hint) {
    return new FailedException(ExitCode.DENIED, message, List.of(), hint);
  }

  /**
   * Prints it. A job of GitHub Actions masks a secret in its log only in the form in which it knows
   * it: the forms that are made here are told to the runner first.
   */
  void print(CommandContext session) {
    secrets.forEach(secret -> session.environment().tellRunner("add-mask", secret));
    if (session.environment().terminal().seesOutput()) {
      session.warn("the output holds a secret; pipe it into kubectl or a file of your own");
    }
    session.print(json, new String(Yaml.write(json), UTF_8).lines().toList());
  }
}
