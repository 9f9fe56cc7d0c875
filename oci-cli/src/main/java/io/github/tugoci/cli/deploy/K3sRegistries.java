package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "registries",
    description = {
      "Print the registries.yaml with which K3s' nodes pull from a registry.",
      "Save it as /etc/rancher/k3s/registries.yaml on each node; K3s reads it when it starts."
    },
    footer = {"  tug k8s registries ghcr.io | ssh node sudo tee /etc/rancher/k3s/registries.yaml"})
final class K3sRegistries extends ConnectedCommand {
  @Parameters(paramLabel = "HOST", description = Hosts.HELP)
  private String host;

  @Override
  public void run(CommandContext session) throws IOException {
    var registry = Hosts.parse(host);
    var credential = ClusterCredential.find(options(), session, registry);
    var auth = new LinkedHashMap<String, Object>();
    auth.put("username", credential.username());
    auth.put("password", credential.password());
    new ClusterCredential(
            Map.of("configs", Map.of(registry, Map.of("auth", auth))),
            List.of(credential.password()))
        .print(session);
  }
}
