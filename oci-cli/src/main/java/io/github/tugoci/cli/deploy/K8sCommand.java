package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug k8s}. */
@Command(
    name = "k8s",
    description = "Print what a cluster needs to pull images, from the stored credential.")
public final class K8sCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(PullSecret.class, K3sRegistries.class);
  }
}
