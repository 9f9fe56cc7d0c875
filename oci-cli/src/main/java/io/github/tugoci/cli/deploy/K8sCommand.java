package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.json.Json;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "k8s",
    description = "Print what a cluster needs to pull images, from the stored credential.")
public final class K8sCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(PullSecret.class, K3sRegistries.class);
  }

  @Command(
      name = "pull-secret",
      description = "Print the Secret with which pods pull from a registry, for kubectl apply.",
      footer = {
        "  tug k8s pull-secret ghcr.io --namespace pytoya --name ghcr-pull | kubectl apply -f -"
      })
  static final class PullSecret extends CredentialCommand {
    private static final Pattern NAME =
        Pattern.compile(
            "(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");

    @Option(
        names = {"-n", "--namespace"},
        required = true,
        paramLabel = "N",
        description = "Set the namespace of the pods.")
    private String namespace;

    @Option(
        names = "--name",
        required = true,
        paramLabel = "S",
        description = "Set the Secret's name, for imagePullSecrets.")
    private String name;

    @Override
    void check() {
      check("--namespace", namespace);
      check("--name", name);
    }

    private static void check(String option, String text) {
      if (!NAME.matcher(text).matches()) {
        throw new InvalidInputException(
            "invalid %s \"%s\": not a DNS name".formatted(option, text),
            "use a-z and 0-9, with '-' or '.' between them");
      }
    }

    @Override
    void print(String registry, Credential.Password credential, CommandContext session) {
      var auth = auth(credential);
      auth.put("auth", credential.basic().substring("Basic ".length()));
      var config = Map.of("auths", Map.of(registry, auth));
      var encoded = Base64.getEncoder().encodeToString(Json.write(config));
      var metadata = new LinkedHashMap<String, Object>();
      metadata.put("name", name);
      metadata.put("namespace", namespace);
      var secret = new LinkedHashMap<String, Object>();
      secret.put("apiVersion", "v1");
      secret.put("kind", "Secret");
      secret.put("metadata", metadata);
      secret.put("type", "kubernetes.io/dockerconfigjson");
      secret.put("data", Map.of(".dockerconfigjson", encoded));
      print(secret, encoded, session);
    }
  }

  @Command(
      name = "registries",
      description = {
        "Print the registries.yaml with which K3s' nodes pull from a registry.",
        "Save it as /etc/rancher/k3s/registries.yaml on each node; K3s reads it when it starts."
      },
      footer = {
        "  tug k8s registries ghcr.io | ssh node sudo tee /etc/rancher/k3s/registries.yaml"
      })
  static final class K3sRegistries extends CredentialCommand {
    @Override
    void print(String registry, Credential.Password credential, CommandContext session) {
      var configs = Map.of(registry, Map.of("auth", auth(credential)));
      print(Map.of("configs", configs), credential.password(), session);
    }
  }

  /** Prints a document for a cluster that holds a registry's credential, as YAML or as JSON. */
  abstract static class CredentialCommand extends ConnectedCommand {
    @Parameters(paramLabel = "HOST", description = Hosts.HELP)
    private String host;

    @Override
    public final void run(CommandContext session) throws IOException {
      var registry = Hosts.parse(host);
      check();
      print(registry, find(registry, session), session);
    }

    /** Checks the options, before the credential is looked for. */
    void check() {}

    abstract void print(String registry, Credential.Password credential, CommandContext session);

    /** The user and password that are stored for a registry. */
    private Credential.Password find(String registry, CommandContext session) throws IOException {
      var found = options().credentials(session).find(registry);
      if (found.isPresent() && found.get() instanceof Credential.Password password) {
        return password;
      }
      var login = "\"tug login " + registry + "\"";
      throw found.isPresent()
          ? new FailedException(
              ExitCode.DENIED,
              "unusable credential for %s: not a user name with a password: %s"
                  .formatted(registry, found.get()),
              "a cluster can't use it; " + login + " with a token")
          : new FailedException(
              ExitCode.DENIED, "no credential stored for " + registry, "store one with " + login);
    }

    static Map<String, Object> auth(Credential.Password credential) {
      var auth = new LinkedHashMap<String, Object>();
      auth.put("username", credential.username());
      auth.put("password", credential.password());
      return auth;
    }

    /**
     * Prints it. A job of GitHub Actions masks a secret in its log only in the form in which it
     * knows it: the form that is made here is told to the runner first.
     */
    static void print(Map<String, ?> json, String secret, CommandContext session) {
      session.environment().tellRunner("add-mask", secret);
      if (session.environment().terminal().seesOutput()) {
        session.warn("the output holds a secret; pipe it into kubectl or a file of your own");
      }
      session.print(json, new String(Yaml.write(json), UTF_8).lines().toList());
    }
  }
}
