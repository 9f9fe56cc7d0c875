package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "head",
    description = "Look whether a blob is there, and how large it is (with --format json).",
    footer = {"  tug blob head ghcr.io/acme/app@sha256:… --format json"})
public final class BlobHead implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME@DIGEST.")
  private Reference reference;

  @Override
  public void run(CommandContext session) throws IOException {
    BlobReference.digest(reference);
    try (var connection = options.open(session, Hosts.of(reference))) {
      session
          .output()
          .print(
              new DescriptorResult(
                  reference.toString(), BlobReference.find(connection, reference)));
    }
  }
}
