package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "attach",
    description = {
      "Push files as an artifact that refers to something: a signature, a report about an image.",
      "On a registry that keeps no list of referrers, it is entered under the fallback tag."
    },
    footer = {
      "  tug artifact attach ghcr.io/acme/app:1.0 sbom.json --artifact-type"
          + " application/vnd.acme.sbom"
    })
public final class ArtifactAttach implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Mixin private ArtifactFilesOptions contents = new ArtifactFilesOptions();

  @Option(
      names = "--artifact-type",
      required = true,
      paramLabel = "TYPE",
      description = "What kind of artifact it is.")
  private String artifactType;

  @Override
  public void run(CommandContext session) throws IOException {
    var location = contents.location();
    if (location instanceof Location.OnDisk disk && disk.form() != Location.Form.LAYOUT) {
      throw new InvalidInputException(
          location + " can't be changed", "copy it to a layout or a registry first");
    }
    var files = contents.files();
    if (contents.isEmpty()) {
      throw new InvalidInputException("there is nothing to attach", "name files, or annotations");
    }
    var push =
        contents
            .options(session.environment())
            .artifactType(ArtifactFilesOptions.type(artifactType));
    try (var connection = options.open(session, Hosts.of(location))) {
      var source = connection.source(location);
      push.subject(source.store().resolve(source.selector()).plain());
      push.copy(connection.copyOptions(location).build());
      var artifact =
          connection.write(
              location, store -> Artifacts.push(store, files, List.of(), push.build()));
      var name =
          Target.of(location.bare(), List.of(), Optional.empty()).name(artifact.result().root());
      session.output().print(ArtifactPushResult.of("Attached", name, List.of(), artifact));
    }
  }
}
