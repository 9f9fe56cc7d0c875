package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = "Push an image, or an index with all its images.",
    footer = {
      "  docker save acme/app -o app.tar && tug image push docker-archive:app.tar"
          + " ghcr.io/acme/app:1.0",
      "  tug image push oci:build/image ghcr.io/acme/app:1.0 --tag latest",
      "  tug image push oci:build/image:1.0 ghcr.io/acme/app --platform linux/amd64"
    })
public final class ImagePush extends ConnectedCommand {
  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description =
          "oci:DIR[:TAG], oci-archive:FILE[:TAG], or docker-archive:FILE[:NAME:TAG] as docker save"
              + " writes it.")
  private Location from;

  @Parameters(index = "1", paramLabel = "REF", description = "HOST/NAME[:TAG].")
  private Location to;

  @Option(names = "--tag", paramLabel = "TAG", description = "Add this tag too; repeatable.")
  private List<String> tags = List.of();

  @Override
  public void run(CommandContext session) throws IOException {
    try (var connection = connect(session, from, to)) {
      ImageUpload.run(connection, from, to, tags, choice, session);
    }
  }
}
