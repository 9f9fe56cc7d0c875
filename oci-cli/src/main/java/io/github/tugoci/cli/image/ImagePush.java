package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.Root;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.ImageManifest;
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
      push(connection, from, to, tags, choice, session);
    }
  }

  /**
   * Pushes an image or an index, whichever command asks for it, and prints what came of it.
   *
   * @param tags more tags than the target's own
   */
  public static void push(
      ClientSession connection,
      Location from,
      Location to,
      List<String> tags,
      CopyFilterOptions choice,
      CommandContext session)
      throws IOException {
    var source = connection.source(from, choice.platforms());
    var target = Target.of(to, tags, source.tag());
    var result =
        connection.write(
            to,
            store ->
                Copier.copy(
                    source.store(),
                    check(source, source.root(store)),
                    store,
                    target.tags(),
                    choice.options(connection, to).build()));
    CopyResultView.of(target, result).print("Pushed", session);
  }

  /**
   * Checks that a root is an image or an index.
   *
   * @throws InvalidInputException if it is a chart
   */
  static Root check(Source source, Root root) {
    if (root.manifest() instanceof ImageManifest image
        && image.config().mediaType().equals(ChartMedia.CONFIG)) {
      throw new InvalidInputException(
          "not an image: %s is a Helm chart".formatted(source.name()),
          "use \"tug chart pull\", or \"tug copy\" for any content");
    }
    return root;
  }
}
