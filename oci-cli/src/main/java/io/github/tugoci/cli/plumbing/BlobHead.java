package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Described;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "head",
    description = "Look whether a blob is there, and how large it is (with --format json).",
    footer = {"  tug blob head ghcr.io/acme/app@sha256:… --format json"})
public final class BlobHead implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME@DIGEST.")
  private Reference reference;

  @Override
  public void run(Session session) throws IOException {
    BlobReference.digest(reference);
    try (var connection = options.open(session, Hosts.of(reference))) {
      session
          .output()
          .print(new Described(reference.toString(), BlobReference.find(connection, reference)));
    }
  }
}
