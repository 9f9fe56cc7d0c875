package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "registries",
    description = {
      "Print K3s' registries.yaml with which nodes pull from a registry.",
      "It belongs to /etc/rancher/k3s/registries.yaml on each node; K3s reads it at its start."
    },
    footer = {"  tug k8s registries ghcr.io | ssh node sudo tee /etc/rancher/k3s/registries.yaml"})
final class K3sRegistries implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "HOST", description = "The registry: ghcr.io.")
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var registry = Hosts.parse(host);
    var credential = ClusterCredential.find(options, session, registry);
    var auth = new LinkedHashMap<String, Object>();
    auth.put("username", credential.username());
    auth.put("password", credential.password());
    new ClusterCredential(
            Map.of("configs", Map.of(registry, Map.of("auth", auth))),
            List.of(credential.password()))
        .print(session);
  }
}
