package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Write a manifest to standard output, byte for byte.",
    footer = {"  tug manifest get ghcr.io/acme/app:1.0"})
public final class ManifestGet implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST] or oci:DIR[:TAG].")
  private Location location;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      session
          .output()
          .raw()
          .writeBytes(source.store().manifest(source.selector()).bytes().toArray());
    }
    session.output().raw().flush();
  }
}
