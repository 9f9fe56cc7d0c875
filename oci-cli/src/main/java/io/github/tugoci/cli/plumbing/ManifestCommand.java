package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug manifest}. */
@Command(name = "manifest", description = "Get, put, look up and delete single manifests.")
public final class ManifestCommand implements Group {
  @Override
  public List<Class<?>> commands() {
    return List.of(ManifestGet.class, ManifestPut.class, ManifestHead.class, Delete.class);
  }
}
