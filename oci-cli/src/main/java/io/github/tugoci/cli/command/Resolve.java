package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.PlatformOption;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.client.Source;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "resolve",
    description = "Print the digest that a reference resolves to.",
    footer = {
      "  tug resolve ghcr.io/acme/app:1.0",
      "  tug resolve ghcr.io/acme/app:1.0 --platform linux/arm64"
    })
public final class Resolve extends SourceCommand {
  @Mixin private PlatformOption platform = new PlatformOption();

  @Override
  protected List<Platform> platforms() {
    return platform.chosen();
  }

  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    DescriptorResult.print(session, source.name(), platform.descriptor(source));
  }
}
