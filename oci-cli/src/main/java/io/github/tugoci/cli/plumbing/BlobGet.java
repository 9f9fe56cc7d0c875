package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.Download;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "get",
    description = "Write a blob to standard output or a file, verified against its digest.",
    footer = {"  tug blob get ghcr.io/acme/app@sha256:… -o layer.tar.gz"})
public final class BlobGet extends BlobSubcommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file, completely or not at all (default: standard output).")
  private @Nullable Path file;

  @Override
  public void run(CommandContext session) throws IOException {
    digest();
    try (var connection = connect(session, reference())) {
      var blob = find(connection);
      var body = Blob.of(connection.repository(reference()), blob);
      if (file == null) {
        Download.to(session.output().raw(), blob, body);
        session.output().raw().flush();
      } else {
        Download.toFile(file, blob, body);
        DescriptorResult.print(session, reference().toString(), blob);
      }
    }
  }
}
