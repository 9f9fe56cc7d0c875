package io.github.tugoci.cli.artifact;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "artifact",
    description =
        "Push and pull files and folders, attach them to something, see what is attached.")
public final class ArtifactCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ArtifactPush.class, ArtifactPull.class, ArtifactAttach.class, ArtifactTree.class);
  }
}
