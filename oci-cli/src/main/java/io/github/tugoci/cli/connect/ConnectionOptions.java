package io.github.tugoci.cli.connect;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of every command that talks to a registry. */
public final class ConnectionOptions extends RegistryOptions {
  @ArgGroup(validate = false, heading = "%nConnection:%n", order = 90)
  private Group group = new Group();

  private static final class Group extends Values {
    @Option(
        names = {"-u", "--username"},
        paramLabel = "NAME",
        description = "Log in as this user for this command.")
    private @Nullable String username;

    @Override
    @Nullable String username() {
      return username;
    }
  }

  @Override
  Values values() {
    return group;
  }
}
