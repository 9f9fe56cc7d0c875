package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that connects to the registries that its arguments name. */
public abstract class ConnectedCommand implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  /** The options, for a command that connects in another way. */
  protected final ConnectionOptions options() {
    return options;
  }

  /**
   * Opens connections to the registries of these locations; of layouts and archives there are none.
   */
  protected final ClientSession connect(CommandContext session, Location... locations)
      throws IOException {
    return connect(session, List.of(locations));
  }

  protected final ClientSession connect(CommandContext session, List<Location> locations)
      throws IOException {
    return options.open(session, Hosts.of(locations));
  }

  protected final ClientSession connect(CommandContext session, Reference reference)
      throws IOException {
    return options.open(session, List.of(reference.host()));
  }
}
