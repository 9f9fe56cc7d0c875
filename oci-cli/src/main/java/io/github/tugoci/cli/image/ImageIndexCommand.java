package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.TagOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommandGroup;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.image.IndexBuilder;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "index", description = "Put images for several platforms under one name.")
public final class ImageIndexCommand implements CommandGroup {
  @Override
  public List<Class<?>> commands() {
    return List.of(Create.class);
  }

  @Command(
      name = "create",
      description = {
        "Create an index of images, in the order in which they are named.",
        "Of an index, its images are taken. Content that the target lacks is copied."
      },
      footer = {
        "  tug image index create ghcr.io/acme/app:1.0 ghcr.io/acme/app:1.0-amd64"
            + " ghcr.io/acme/app:1.0-arm64",
        "  tug image index create ghcr.io/acme/app:slim ghcr.io/acme/app:1.0 --platform linux/amd64"
            + " --platform linux/arm64"
      })
  static final class Create extends ConnectedCommand {
    @Parameters(index = "0", paramLabel = "REF", description = "The index: " + Locations.TARGET)
    private Location to;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "MANIFEST",
        description = "An image or an index: " + Locations.ANYWHERE)
    private List<Location> from = List.of();

    @Option(
        names = "--annotation",
        paramLabel = "KEY=VALUE",
        description = "Add this annotation to the index; repeatable.")
    private List<String> annotations = List.of();

    @Option(
        names = "--platform",
        paramLabel = "OS/ARCH",
        description = "Take only images for this platform; repeatable.")
    private List<Platform> platforms = List.of();

    @Mixin private TagOptions tagging = new TagOptions();

    @Override
    public void run(CommandContext session) throws IOException {
      var target = tagging.target(to, Optional.of("latest"));
      var index = new IndexBuilder().only(platforms);
      ImageSettings.pairs("--annotation", annotations).forEach(index::annotation);
      var all = new ArrayList<>(from);
      all.add(to);
      try (var connection = connect(session, all)) {
        for (var location : from) {
          var source = connection.source(location);
          try {
            index.add(source.store(), ImagePush.check(source, source.root()));
          } catch (IllegalArgumentException e) {
            throw InvalidInputException.of(e, "name one image for each platform");
          }
        }
        index.index();
        tagging.push(target, index::copy, connection, session);
      }
    }
  }
}
