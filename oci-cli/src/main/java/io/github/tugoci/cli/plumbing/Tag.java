package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "tag",
    description = "Add tags to a manifest; nothing is copied.",
    footer = {"  tug tag ghcr.io/acme/app:1.2.0 1.2 1 latest"})
public final class Tag extends ConnectedCommand {
  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "HOST/NAME[:TAG][@DIGEST] or oci:DIR[:TAG].")
  private Location location;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "The new tags.")
  private List<String> tags = List.of();

  @Override
  public void run(CommandContext session) throws IOException {
    Locations.checkChangeable(location);
    try (var connection = connect(session, location)) {
      var source = connection.source(location);
      var manifest = source.store().manifest(source.selector()).descriptor();
      var wanted = Target.of(location.bare(), tags, Optional.empty()).tags();
      connection.write(
          location,
          store -> {
            // Not a push: that would enter a referrer in its subject's list.
            for (var tag : wanted) {
              store.tag(manifest, new io.github.tugoci.reference.Tag(tag));
            }
            return wanted;
          });
      session.print(
          new Tagged(source.name(), manifest.digest(), wanted),
          "Tagged: " + String.join(" ", wanted),
          "Digest: " + manifest.digest());
    }
  }

  private record Tagged(String reference, Digest digest, List<String> tags) implements JsonRecord {}
}
