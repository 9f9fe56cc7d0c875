package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description = "Upload a file as a blob.",
    footer = {"  tug blob put ghcr.io/acme/app layer.tar.gz"})
public final class BlobPut extends ConnectedCommand {
  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "HOST/NAME.")
  private Reference reference;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file;

  @Override
  public void run(CommandContext session) throws IOException {
    var descriptor = Descriptor.of(MediaType.OCTET_STREAM, file);
    try (var connection = connect(session, reference)) {
      connection.client().repository(reference).blobs().push(descriptor, Blob.of(file));
    }
    var name = reference.withoutTagAndDigest().withDigest(descriptor.digest());
    DescriptorResult.print(session, name.toString(), descriptor);
  }
}
