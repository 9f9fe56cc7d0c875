package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Parameters;

/** A command on one blob, which has no tags: its reference has a digest. */
abstract class BlobSubcommand extends ConnectedCommand {
  @Parameters(paramLabel = "REF", description = "HOST/NAME@DIGEST.")
  private Reference reference;

  final Reference reference() {
    return reference;
  }

  final Digest digest() {
    var digest = reference.digest();
    if (digest == null) {
      throw new InvalidInputException(
          "missing digest: " + reference, "blobs have no tags: write HOST/NAME@sha256:…");
    }
    return digest;
  }

  /** What the registry says of it. */
  final Descriptor find(ClientSession connection) throws IOException {
    return connection
        .repository(reference)
        .blobs()
        .head(digest())
        .orElseThrow(() -> new NotFoundException("blob not found: " + reference));
  }
}
