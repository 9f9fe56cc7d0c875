package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.shell.CommandContext;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "head",
    description = "Check that a blob exists; print its digest, and with --format json its size.",
    footer = {"  tug blob head ghcr.io/acme/app@sha256:… --format json"})
public final class BlobHead extends BlobSubcommand {
  @Override
  public void run(CommandContext session) throws IOException {
    digest();
    try (var connection = connect(session, reference())) {
      DescriptorResult.print(session, reference().toString(), find(connection));
    }
  }
}
