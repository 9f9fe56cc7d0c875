package io.github.tugoci.cli.artifact;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.TagOptions;
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
      "The same files have the same digest: the time of creation is recorded only if"
          + " SOURCE_DATE_EPOCH is set."
    },
    footer = {
      "  tug artifact push ghcr.io/acme/docs:1.0 site report.json:application/json",
      "  tug artifact push oci:build/artifact:1.0 report.json --artifact-type"
          + " application/vnd.acme.report"
    })
public final class ArtifactPush extends ConnectedCommand {
  @Mixin private ArtifactFilesOptions contents = new ArtifactFilesOptions();

  @Option(names = "--artifact-type", paramLabel = "TYPE", description = ArtifactUpload.TYPE)
  private @Nullable String artifactType;

  @Mixin private TagOptions tagging = new TagOptions();

  @Override
  public void run(CommandContext session) throws IOException {
    var location = contents.location();
    var files = contents.files();
    if (files.isEmpty() && artifactType == null) {
      throw new InvalidInputException(
          "nothing to push",
          "name files or folders; an artifact without any needs --artifact-type");
    }
    var push = contents.options(session.environment(), artifactType);
    var target = tagging.target(location, Optional.empty());
    try (var connection = connect(session, location)) {
      ArtifactUpload.run(
          connection, files, push, target, tagging.copyOptions(connection, location), session);
    }
  }
}
