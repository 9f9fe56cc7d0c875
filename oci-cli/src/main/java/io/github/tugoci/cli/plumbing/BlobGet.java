package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.Download;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "get",
    description = "Write a blob to standard output or a file, checked by its digest.",
    footer = {"  tug blob get ghcr.io/acme/app@sha256:… -o layer.tar.gz"})
public final class BlobGet implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "REF", description = "HOST/NAME@DIGEST.")
  private Reference reference;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write it here, whole or not at all.")
  private @Nullable Path file;

  @Override
  public void run(CommandContext session) throws IOException {
    BlobReference.digest(reference);
    try (var connection = options.open(session, Hosts.of(reference))) {
      var blob = BlobReference.find(connection, reference);
      var body = Blob.of(connection.repository(reference), blob);
      if (file == null) {
        Download.to(session.output().raw(), blob, body);
        session.output().raw().flush();
      } else {
        Download.toFile(file, blob, body);
        session.output().print(new DescriptorResult(reference.toString(), blob));
      }
    }
  }
}
