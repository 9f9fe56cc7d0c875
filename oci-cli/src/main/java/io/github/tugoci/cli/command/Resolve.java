package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resolve",
    description = "Tell the digest that a reference stands for now.",
    footer = {
      "  tug resolve ghcr.io/acme/app:1.0",
      "  tug resolve ghcr.io/acme/app:1.0 --platform linux/arm64"
    })
public final class Resolve implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME[:TAG] or oci:DIR[:TAG].")
  private Location location;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "The image of an index for this platform.")
  private @Nullable Platform platform;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location, platform == null ? List.of() : List.of(platform));
      var found =
          platform == null
              ? source.store().resolve(source.selector())
              : PlatformSelector.select(source.store(), source.root(), platform).descriptor();
      session.output().print(new DescriptorResult(source.name(), found));
    }
  }
}
