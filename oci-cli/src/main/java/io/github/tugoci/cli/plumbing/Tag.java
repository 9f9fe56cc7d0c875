package io.github.tugoci.cli.plumbing;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "tag",
    description = "Give what is there more tags; nothing is copied.",
    footer = {"  tug tag ghcr.io/acme/app:1.2.0 1.2 1 latest"})
public final class Tag implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "REF", description = "HOST/NAME[:TAG][@DIGEST] or oci:DIR.")
  private Location location;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "TAG", description = "The new tags.")
  private List<String> tags = List.of();

  @Override
  public void run(CommandContext session) throws IOException {
    if (location instanceof Location.OnDisk disk && disk.form() != Location.Form.LAYOUT) {
      throw new InvalidInputException(location + " can't be changed", "tag a layout or a registry");
    }
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      var manifest = source.store().manifest(source.selector());
      var wanted = Target.of(location.bare(), tags, Optional.empty()).tags();
      connection.write(
          location,
          store -> {
            // Not a push: that would enter a referrer in its subject's list.
            for (var tag : wanted) {
              store.tag(manifest.descriptor(), new io.github.tugoci.reference.Tag(tag));
            }
            return wanted;
          });
      session.output().print(new Tagged(source.name(), manifest.descriptor().digest(), wanted));
    }
  }

  private record Tagged(String reference, Digest digest, List<String> tags) implements Result {
    @Override
    public List<String> text() {
      return List.of("Tagged: " + String.join(" ", tags), "Digest: " + digest);
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.put("digest", digest.toString());
      json.put("tags", tags);
      return json;
    }
  }
}
