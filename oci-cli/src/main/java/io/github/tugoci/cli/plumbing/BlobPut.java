package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Described;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description = "Put a file there as a blob.",
    footer = {"  tug blob put ghcr.io/acme/app layer.tar.gz"})
public final class BlobPut implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "REPOSITORY", description = "HOST/NAME.")
  private Reference reference;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
  private Path file;

  @Override
  public void run(Session session) throws IOException {
    var blob = Blob.of(file);
    var descriptor = Descriptor.of(MediaType.OCTET_STREAM, digest(), blob.size());
    try (var connection = options.open(session, Hosts.of(reference))) {
      connection.repository(reference).blobs().push(descriptor, blob);
    }
    var name = reference.withoutTagAndDigest().withDigest(descriptor.digest());
    session.output().print(new Described(name.toString(), descriptor));
  }

  private Digest digest() throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    try (var in = new DigestInputStream(Files.newInputStream(file), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Digest.Algorithm.SHA256.digest(hash);
  }
}
