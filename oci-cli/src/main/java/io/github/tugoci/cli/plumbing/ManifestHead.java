package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "head",
    description = "Look whether a manifest is there, and what it is (with --format json).",
    footer = {"  tug manifest head ghcr.io/acme/app:1.0 --format json"})
public final class ManifestHead implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST] or oci:DIR[:TAG].")
  private Location location;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      session
          .output()
          .print(new DescriptorResult(source.name(), source.store().resolve(source.selector())));
    }
  }
}
