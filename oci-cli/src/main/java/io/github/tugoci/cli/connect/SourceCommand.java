package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.client.Source;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that reads what one reference names, anywhere. */
public abstract class SourceCommand extends ConnectedCommand {
  @Parameters(paramLabel = "REF", description = Locations.ANYWHERE)
  private Location location;

  protected final Location location() {
    return location;
  }

  /** The platforms that are wanted, where one tag can be several images'; none stands for all. */
  protected List<Platform> platforms() {
    return List.of();
  }

  @Override
  public final void run(CommandContext session) throws IOException {
    try (var connection = connect(session, location)) {
      run(session, connection, connection.source(location, platforms()));
    }
  }

  protected abstract void run(CommandContext session, ClientSession connection, Source source)
      throws IOException;
}
