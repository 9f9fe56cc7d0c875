package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Manifest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description = "Push a manifest, byte for byte; what it refers to must exist there.",
    footer = {"  tug manifest get ghcr.io/acme/app:1.0 | tug manifest put ghcr.io/acme/app:1.1 -"})
public final class ManifestPut extends ConnectedCommand {
  @Parameters(index = "0", paramLabel = "REF", description = Location.TARGET)
  private Location location;

  @Parameters(index = "1", paramLabel = "FILE", description = "The manifest; - is standard input.")
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
