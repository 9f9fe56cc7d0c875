package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.DescriptorResult;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.content.Blob;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "put",
    description = "Put a manifest there, byte for byte; what it refers to must be there.",
    footer = {"  tug manifest get ghcr.io/acme/app:1.0 | tug manifest put ghcr.io/acme/app:1.1 -"})
public final class ManifestPut implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "REF", description = "HOST/NAME[:TAG] or oci:DIR[:TAG].")
  private Location location;

  @Parameters(index = "1", paramLabel = "FILE", description = "The manifest; - is standard input.")
  private String file;

  @Override
  public void run(CommandContext session) throws IOException {
    var manifest = Manifest.parse(read(session));
    var descriptor = manifest.descriptor();
    var target = Target.of(location, List.of(), Optional.empty());
    try (var connection = options.open(session, Hosts.of(location))) {
      connection.write(
          location,
          store ->
              RootTarget.push(
                  store,
                  descriptor,
                  Blob.of(manifest.bytes()),
                  target.tags().stream().map(io.github.tugoci.reference.Tag::new).toList()));
    }
    session.output().print(new DescriptorResult(target.name(descriptor), descriptor));
  }

  private Bytes read(CommandContext session) throws IOException {
    try (var in =
        file.equals("-") ? session.environment().in() : Files.newInputStream(FileName.path(file))) {
      var bytes = in.readNBytes(Manifest.MAX_SIZE + 1);
      if (bytes.length > Manifest.MAX_SIZE) {
        throw new InvalidContentException(
            file + " is no manifest: it is over " + Manifest.MAX_SIZE + " bytes");
      }
      return Bytes.of(bytes);
    }
  }
}
