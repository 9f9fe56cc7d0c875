package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.SourceCommand;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.client.Source;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "manifest", description = "Get, put, look up and delete single manifests.")
public final class ManifestCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(Get.class, Put.class, Head.class, Delete.class);
  }

  @Command(
      name = "get",
      description = "Write a manifest to standard output, byte for byte.",
      footer = {"  tug manifest get ghcr.io/acme/app:1.0"})
  static final class Get extends SourceCommand {
    @Override
    protected void run(CommandContext session, ClientSession connection, Source source)
        throws IOException {
      var manifest = source.store().manifest(source.selector());
      var out = session.output().raw();
      out.write(manifest.bytes().toArray());
      out.flush();
    }
  }

  @Command(
      name = "put",
      description = "Push a manifest, byte for byte; what it refers to must exist there.",
      footer = {
        "  tug manifest get ghcr.io/acme/app:1.0 | tug manifest put ghcr.io/acme/app:1.1 -"
      })
  static final class Put extends ConnectedCommand {
    @Parameters(index = "0", paramLabel = "REF", description = Locations.TARGET)
    private Location location;

    @Parameters(
        index = "1",
        paramLabel = "FILE",
        description = "The manifest; - is standard input.")
    private String file;

    @Override
    public void run(CommandContext session) throws IOException {
      var manifest = Manifest.parse(read(session));
      var descriptor = manifest.descriptor();
      var target = Target.of(location);
      try (var connection = connect(session, location)) {
        connection.write(
            location,
            store ->
                RootTarget.push(
                    store,
                    descriptor,
                    Blob.of(manifest.bytes()),
                    target.tags().stream().map(io.github.tugoci.reference.Tag::new).toList()));
      }
      DescriptorResult.print(session, target.name(descriptor), descriptor);
    }

    private Bytes read(CommandContext session) throws IOException {
      try (var in = session.environment().open(file)) {
        var bytes = in.readNBytes(Manifest.MAX_SIZE + 1);
        if (bytes.length > Manifest.MAX_SIZE) {
          throw new InvalidContentException(
              "manifest too large: %s: over the limit of %d bytes"
                  .formatted(file, Manifest.MAX_SIZE));
        }
        return Bytes.of(bytes);
      }
    }
  }

  @Command(
      name = "head",
      description =
          "Check that a manifest exists; print its digest, and with --format json its type and"
              + " size.",
      footer = {"  tug manifest head ghcr.io/acme/app:1.0 --format json"})
  static final class Head extends SourceCommand {
    @Override
    protected void run(CommandContext session, ClientSession connection, Source source)
        throws IOException {
      DescriptorResult.print(session, source.name(), source.store().resolve(source.selector()));
    }
  }
}
