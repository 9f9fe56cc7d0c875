package io.github.tugoci.cli.command;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.PlatformCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.client.Source;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "resolve",
    description = "Print the digest that a reference resolves to.",
    footer = {
      "  tug resolve ghcr.io/acme/app:1.0",
      "  tug resolve ghcr.io/acme/app:1.0 --platform linux/arm64"
    })
public final class Resolve extends PlatformCommand {
  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    DescriptorResult.print(session, source.name(), descriptor(source));
  }
}
