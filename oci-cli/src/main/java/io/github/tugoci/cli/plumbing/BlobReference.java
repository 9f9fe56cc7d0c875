package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.io.IOException;

/** References of blobs, which have no tags. */
final class BlobReference {
  private BlobReference() {}

  static Digest digest(Reference reference) {
    var digest = reference.digest();
    if (digest == null) {
      throw new InvalidInputException(
          reference + " names no blob", "blobs have no tags: write HOST/NAME@sha256:…");
    }
    return digest;
  }

  static Descriptor find(ClientSession connection, Reference reference) throws IOException {
    return connection
        .repository(reference)
        .blobs()
        .head(digest(reference))
        .orElseThrow(() -> new NotFoundException("the blob " + reference + " not found"));
  }
}
