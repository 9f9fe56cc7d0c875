package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "image", description = "Push, pull, build and inspect container images.")
public final class ImageCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ImagePush.class,
        ImagePull.class,
        ImageAppend.class,
        ImageIndexCommand.class,
        ImageInspect.class);
  }
}
