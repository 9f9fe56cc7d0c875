package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.TagOptions;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.image.BaseImage;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "append",
    description = {
      "Build an image without Docker: put layers on a base, or on nothing.",
      "The same files give the same image: times are 1970 or SOURCE_DATE_EPOCH, owners are root,"
          + " modes 0755 or 0644. (Another Java's zlib can compress to other bytes.)"
    },
    footer = {
      "  tug image append --base eclipse-temurin.example.com/jre:21 --layer build/libs/app.jar"
          + " --entrypoint '[\"java\",\"-jar\",\"/app/app.jar\"]' ghcr.io/acme/app:1.0",
      "  tug image append --layer build/root:/ --cmd /bin/app --platform linux/arm64 oci:image:1.0",
      "  tug image append --base eclipse-temurin.example.com/jre:21 --layer app.jar --platform"
          + " linux/amd64 --platform linux/arm64 ghcr.io/acme/app:1.0"
    })
public final class ImageAppend implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "The image to build on, from anywhere; without it, there is nothing below.")
  private @Nullable Location base;

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "DIR|TAR|JAR[:PATH]",
      description =
          "A layer; the last is on top. A directory's files go below PATH (/), a jar into the"
              + " directory PATH (/app); a tar, plain or gzip, is taken as it is.")
  private List<String> layers = List.of();

  @Mixin private ImageSettings settings = new ImageSettings();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = {
        "Which image of the base, if that is an index; without a base, what it runs on. If nothing"
            + " is said, Linux on this machine's processor.",
        "Given several times: an image for each, under an index."
      })
  private List<Platform> platforms = List.of();

  @Mixin private TagOptions tagging = new TagOptions();

  @Parameters(
      paramLabel = "TARGET",
      description = "HOST/NAME[:TAG], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private Location to;

  @Override
  public void run(CommandContext session) throws IOException {
    var target = tagging.target(to, Optional.of("latest"));
    var annotations = settings.annotations();
    var hosts = base == null ? Hosts.of(to) : Hosts.of(base, to);
    try (var connection = options.open(session, hosts);
        var images = new BuiltImages()) {
      build(images, connection, session);
      var copying = connection.copyOptions(to).overwrite(tagging.overwrite()).build();
      var result =
          connection.write(to, store -> images.copy(store, target.tags(), annotations, copying));
      new CopyResultView("Pushed", target.name(result.root()), target.tags(), result)
          .tell(session.output());
    }
  }

  private void build(BuiltImages images, ClientSession connection, CommandContext session)
      throws IOException {
    var arguments = layers.stream().map(LayerArgument::parse).toList();
    arguments.forEach(layer -> layer.checkOutside(to));
    var time = session.environment().sourceDate().orElse(Instant.EPOCH);
    for (var builder : begin(connection, session)) {
      try {
        for (var layer : arguments) {
          builder.layer(layer.layer());
        }
        settings.apply(builder.created(time));
      } catch (IllegalArgumentException e) {
        throw new InvalidInputException(String.valueOf(e.getMessage()), null, e);
      }
      images.add(builder.build());
    }
  }

  /** An image for each platform, with nothing but the base. */
  private List<ImageBuilder> begin(ClientSession connection, CommandContext session)
      throws IOException {
    var wanted = platforms.isEmpty() ? List.of(CurrentPlatform.get()) : platforms;
    if (base == null) {
      wanted.forEach(platform -> session.output().note("it is for " + platform));
      return wanted.stream().map(ImageBuilder::onNothing).toList();
    }
    var source = connection.source(base, platforms);
    var root = Images.check(source, source.root()).manifest();
    if (root instanceof ImageIndex && platforms.isEmpty()) {
      session
          .output()
          .warn(source.name() + " is an index; it is built on the image for " + wanted.get(0));
    }
    var builders = new ArrayList<ImageBuilder>();
    for (var platform : wanted) {
      var image = BaseImage.open(source.store(), root, platform);
      var found = image.config().platform();
      if (!platforms.isEmpty() && !found.serves(platform)) {
        throw new InvalidInputException(
            source.name() + " is for " + found + ", not for " + platform,
            "leave --platform out, or name another base");
      }
      builders.add(
          ImageBuilder.on(
              base instanceof Location.InRegistry ? image.named(source.name()) : image));
    }
    return builders;
  }
}
