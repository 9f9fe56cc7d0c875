package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug manifest}. */
@Command(name = "manifest", description = "Get, put, look up and delete single manifests.")
public final class ManifestCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(ManifestGet.class, ManifestPut.class, ManifestHead.class, Delete.class);
  }
}
