package io.github.tugoci.cli.artifact;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.TagOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "push",
    description = {
      "Push files and folders as an artifact, as ORAS does.",
      "The same files have the same digest: when it was made is said only if SOURCE_DATE_EPOCH"
          + " does."
    },
    footer = {
      "  tug artifact push ghcr.io/acme/docs:1.0 site report.json:application/json",
      "  tug artifact push oci:build/artifact:1.0 report.json --artifact-type"
          + " application/vnd.acme.report"
    })
public final class ArtifactPush implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Mixin private ArtifactFilesOptions contents = new ArtifactFilesOptions();

  @Option(
      names = "--artifact-type",
      paramLabel = "TYPE",
      description = "What kind of artifact it is.")
  private @Nullable String artifactType;

  @Mixin private TagOptions tagging = new TagOptions();

  @Override
  public void run(CommandContext session) throws IOException {
    var location = contents.location();
    var files = contents.files();
    if (files.isEmpty() && artifactType == null) {
      throw new InvalidInputException(
          "there is nothing to push",
          "name files or folders; without any, --artifact-type says what it is");
    }
    ArtifactUpload.run(
        options,
        location,
        files,
        contents
            .options(session.environment())
            .artifactType(ArtifactFilesOptions.type(artifactType)),
        tagging.target(location, Optional.empty()),
        tagging.overwrite(),
        session);
  }
}
