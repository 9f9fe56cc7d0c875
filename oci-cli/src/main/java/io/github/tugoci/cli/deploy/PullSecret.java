package io.github.tugoci.cli.deploy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.json.Json;
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
    name = "pull-secret",
    description = "Print the Secret with which pods pull from a registry, for kubectl apply.",
    footer = {
      "  tug k8s pull-secret ghcr.io --namespace pytoya --name ghcr-pull | kubectl apply -f -"
    })
final class PullSecret extends ConnectedCommand {
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*");

  @Parameters(paramLabel = "HOST", description = Hosts.HELP)
  private String host;

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
  public void run(CommandContext session) throws IOException {
    var registry = Hosts.parse(host);
    check("--namespace", namespace);
    check("--name", name);
    var credential = ClusterCredential.find(options(), session, registry);
    var config = Base64.getEncoder().encodeToString(Json.write(config(registry, credential)));
    new ClusterCredential(secret(config), List.of(config)).print(session);
  }

  private Map<String, ?> secret(String config) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("name", name);
    metadata.put("namespace", namespace);
    var secret = new LinkedHashMap<String, Object>();
    secret.put("apiVersion", "v1");
    secret.put("kind", "Secret");
    secret.put("metadata", metadata);
    secret.put("type", "kubernetes.io/dockerconfigjson");
    secret.put("data", Map.of(".dockerconfigjson", config));
    return secret;
  }

  private static Map<String, ?> config(String registry, Credential.Password credential) {
    var auth = new LinkedHashMap<String, Object>();
    auth.put("username", credential.username());
    auth.put("password", credential.password());
    auth.put("auth", credential.basic().substring("Basic ".length()));
    return Map.of("auths", Map.of(registry, auth));
  }

  private static void check(String option, String text) {
    if (!NAME.matcher(text).matches()) {
      throw new InvalidInputException(
          "invalid %s \"%s\": not a DNS name".formatted(option, text),
          "use a-z and 0-9, with '-' or '.' between them");
    }
  }
}
