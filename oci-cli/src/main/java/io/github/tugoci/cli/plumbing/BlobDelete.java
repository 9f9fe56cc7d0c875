package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Delete a blob, whatever refers to it. There is no way back.",
    footer = {"  tug blob delete registry.example.com/app@sha256:… --yes"})
public final class BlobDelete implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME@DIGEST.")
  private Reference reference;

  @Mixin private Deletion deletion = new Deletion();

  @Override
  public void run(CommandContext session) throws IOException {
    var digest = BlobReference.digest(reference);
    deletion.require(reference);
    try (var connection = options.open(session, Hosts.of(reference))) {
      connection.repository(reference).blobs().delete(digest);
    }
    session.output().print(new Deletion.Deleted(reference.toString(), null));
  }
}
