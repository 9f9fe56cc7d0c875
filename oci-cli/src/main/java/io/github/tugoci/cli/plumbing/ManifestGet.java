package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "get",
    description = "Write a manifest to standard output, byte for byte.",
    footer = {"  tug manifest get ghcr.io/acme/app:1.0"})
public final class ManifestGet extends SourceCommand {
  @Override
  protected void run(CommandContext session, ClientSession connection, Source source)
      throws IOException {
    var manifest = source.store().manifest(source.selector());
    session.output().raw().writeBytes(manifest.bytes().toArray());
    session.output().raw().flush();
  }
}
