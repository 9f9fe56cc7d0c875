package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "delete",
    description = "Delete a blob, even if manifests refer to it. This can't be undone.",
    footer = {"  tug blob delete registry.example.com/app@sha256:… --yes"})
public final class BlobDelete extends BlobSubcommand {
  @Mixin private Deletion deletion = new Deletion();

  @Override
  public void run(CommandContext session) throws IOException {
    var digest = digest();
    deletion.require(reference());
    try (var connection = connect(session, reference())) {
      connection.repository(reference()).blobs().delete(digest);
    }
    Deletion.print(session, reference(), null);
  }
}
