package io.github.tugoci.cli.image;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code tug image index}. */
@Command(name = "index", description = "Put images for several platforms under one name.")
public final class ImageIndexCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(ImageIndexCreate.class);
  }
}
