package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "key", description = "Make keys for signatures, and show their public half.")
public final class KeyCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(KeyGenerate.class, KeyPublic.class);
  }
}
