package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.TagOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.image.IndexBuilder;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Create an index of images, in the order in which they are named.",
      "Of an index, its images are taken. What isn't at the target yet is copied there."
    },
    footer = {
      "  tug image index create ghcr.io/acme/app:1.0 ghcr.io/acme/app:1.0-amd64"
          + " ghcr.io/acme/app:1.0-arm64",
      "  tug image index create ghcr.io/acme/app:slim ghcr.io/acme/app:1.0 --platform linux/amd64"
          + " --platform linux/arm64"
    })
public final class ImageIndexCreate implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "The index: HOST/NAME[:TAG], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private Location to;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "MANIFEST",
      description = "An image or an index, from anywhere.")
  private List<Location> from = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "An annotation of the index.")
  private List<String> annotations = List.of();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = "Only images for this platform; can be given several times.")
  private List<Platform> platforms = List.of();

  @Mixin private TagOptions tagging = new TagOptions();

  @Override
  public void run(CommandContext session) throws IOException {
    var target = tagging.target(to, Optional.of("latest"));
    var index = new IndexBuilder().only(platforms);
    KeyValueParser.parse("--annotation", annotations).forEach(index::annotation);
    var all = new ArrayList<>(from);
    all.add(to);
    try (var connection = options.open(session, Hosts.of(all.toArray(Location[]::new)))) {
      for (var location : from) {
        var source = connection.source(location);
        try {
          index.add(source.store(), Images.check(source, source.root()));
        } catch (IllegalArgumentException e) {
          throw new InvalidInputException(
              String.valueOf(e.getMessage()), "name one image for each platform", e);
        }
      }
      index.index();
      var copying = connection.copyOptions(to).overwrite(tagging.overwrite()).build();
      var result = connection.write(to, store -> index.copy(store, target.tags(), copying));
      new CopyResultView("Pushed", target.name(result.root()), target.tags(), result)
          .tell(session.output());
    }
  }
}
