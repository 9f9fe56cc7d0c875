package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "head",
    description =
        "Check that a manifest exists; print its digest, and with --format json its type and size.",
    footer = {"  tug manifest head ghcr.io/acme/app:1.0 --format json"})
public final class ManifestHead extends SourceCommand {
  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    DescriptorResult.print(session, source.name(), source.store().resolve(source.selector()));
  }
}
