package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "blob", description = "Get, put, look up and delete single blobs.")
public final class BlobCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(Get.class, Put.class, Head.class, Delete.class);
  }

  @Command(
      name = "get",
      description = "Write a blob to standard output or a file, verified against its digest.",
      footer = {"  tug blob get ghcr.io/acme/app@sha256:… -o layer.tar.gz"})
  static final class Get extends OnBlob {
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
          var out = session.output().raw();
          Download.to(out, blob, body);
          out.flush();
        } else {
          Download.toFile(file, blob, body);
          DescriptorResult.print(session, reference().toString(), blob);
        }
      }
    }
  }

  @Command(
      name = "put",
      description = "Upload a file as a blob.",
      footer = {"  tug blob put ghcr.io/acme/app layer.tar.gz"})
  static final class Put extends ConnectedCommand {
    @Parameters(index = "0", paramLabel = "REPOSITORY", description = "HOST/NAME.")
    private Reference reference;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file.")
    private Path file;

    @Override
    public void run(CommandContext session) throws IOException {
      var descriptor = Descriptor.of(MediaType.OCTET_STREAM, file);
      // As content of a store it is sent without being hashed again.
      var store = new MemoryStore();
      store.add(descriptor, Blob.of(file, descriptor));
      try (var connection = connect(session, reference)) {
        connection.client().repository(reference).blobs().push(descriptor, store.blob(descriptor));
      }
      var name = reference.withoutTagAndDigest().withDigest(descriptor.digest());
      DescriptorResult.print(session, name.toString(), descriptor);
    }
  }

  @Command(
      name = "head",
      description = "Check that a blob exists; print its digest, and with --format json its size.",
      footer = {"  tug blob head ghcr.io/acme/app@sha256:… --format json"})
  static final class Head extends OnBlob {
    @Override
    public void run(CommandContext session) throws IOException {
      digest();
      try (var connection = connect(session, reference())) {
        DescriptorResult.print(session, reference().toString(), find(connection));
      }
    }
  }

  @Command(
      name = "delete",
      description = "Delete a blob, even if manifests refer to it. This can't be undone.",
      footer = {"  tug blob delete registry.example.com/app@sha256:… --yes"})
  static final class Delete extends OnBlob {
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

  /** A command on one blob, which has no tags: its reference has a digest. */
  abstract static class OnBlob extends ConnectedCommand {
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

    final Descriptor find(ClientSession connection) throws IOException {
      return connection
          .repository(reference)
          .blobs()
          .head(digest())
          .orElseThrow(() -> new NotFoundException("blob not found: " + reference));
    }
  }
}
