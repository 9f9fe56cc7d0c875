package io.github.tugoci.cli.artifact;

import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "attach",
    description = {
      "Push files as an artifact that refers to a manifest, such as a signature or an SBOM.",
      "On a registry without the referrers API, it is listed under the fallback tag."
    },
    footer = {
      "  tug artifact attach ghcr.io/acme/app:1.0 sbom.json --artifact-type"
          + " application/vnd.acme.sbom"
    })
public final class ArtifactAttach extends ConnectedCommand {
  @Mixin private ArtifactFilesOptions contents = new ArtifactFilesOptions();

  @Option(
      names = "--artifact-type",
      required = true,
      paramLabel = "TYPE",
      description = ArtifactUpload.TYPE)
  private String artifactType;

  @Override
  public void run(CommandContext session) throws IOException {
    var location = contents.location();
    Locations.checkChangeable(location);
    var files = contents.files();
    if (contents.isEmpty()) {
      throw new InvalidInputException("nothing to attach", "name files, or add --annotation");
    }
    var push = contents.options(session.environment(), artifactType);
    try (var connection = connect(session, location)) {
      var source = connection.source(location);
      push.subject(source.store().resolve(source.selector()).plain());
      push.copy(connection.copyOptions(location).build());
      var artifact =
          connection.write(
              location, store -> Artifacts.push(store, files, List.of(), push.build()));
      var name = Target.of(location.bare()).name(artifact.result().root());
      ArtifactUpload.ArtifactPushResult.of(name, List.of(), artifact).print("Attached", session);
    }
  }
}
