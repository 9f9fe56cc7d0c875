package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CurrentPlatform;
import io.github.tugoci.cli.connect.Locations;
import io.github.tugoci.cli.connect.TagOptions;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.image.BaseImage;
import io.github.tugoci.image.BuiltImage;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.image.IndexBuilder;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "append",
    description = {
      "Build an image without Docker: add layers to a base image, or to nothing.",
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
public final class ImageAppend extends ConnectedCommand {
  @Option(
      names = "--base",
      paramLabel = "REF",
      description = "Build on this image (default: on nothing): " + Locations.ANYWHERE)
  private @Nullable Location base;

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "DIR|TAR|JAR[:PATH]",
      description =
          "Add a layer, the last on top; repeatable. A directory's files go below PATH (default:"
              + " /), a jar into the directory PATH (default: /app); a tar, plain or gzip, is used"
              + " as it is.")
  private List<String> layers = List.of();

  @Mixin private ImageSettings settings = new ImageSettings();

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description = {
        "Select the image of the base, if that is an index; without a base, set the platform"
            + " (default: Linux on this machine's processor).",
        "Repeated: an image for each, under an index."
      })
  private List<Platform> platforms = List.of();

  @Mixin private TagOptions tagging = new TagOptions();

  @Parameters(paramLabel = "TARGET", description = Locations.TARGET)
  private Location to;

  @Override
  public void run(CommandContext session) throws IOException {
    var target = tagging.target(to, Optional.of("latest"));
    var annotations = settings.annotations();
    try (var connection = base == null ? connect(session, to) : connect(session, base, to);
        var images = new BuiltImages()) {
      build(images, connection, session);
      tagging.push(
          target,
          (store, tags, copying) -> images.copy(store, tags, annotations, copying),
          connection,
          session);
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
        throw InvalidInputException.of(e, null);
      }
      images.add(builder.build());
    }
  }

  /** An image for each platform, with nothing but the base. */
  private List<ImageBuilder> begin(ClientSession connection, CommandContext session)
      throws IOException {
    var wanted = platforms.isEmpty() ? List.of(CurrentPlatform.get()) : platforms;
    if (base == null) {
      wanted.forEach(platform -> session.note("platform: " + platform));
      return wanted.stream().map(ImageBuilder::onNothing).toList();
    }
    var source = connection.source(base, platforms);
    var root = ImagePush.check(source, source.root()).manifest();
    if (root instanceof ImageIndex && platforms.isEmpty()) {
      session.warn(
          "%s is an index: building on its image for %s".formatted(source.name(), wanted.get(0)));
    }
    var builders = new ArrayList<ImageBuilder>();
    for (var platform : wanted) {
      var image = BaseImage.open(source.store(), root, platform);
      var found = image.config().platform();
      if (!platforms.isEmpty() && !found.serves(platform)) {
        throw new InvalidInputException(
            "platform mismatch: %s is for %s, not for %s".formatted(source.name(), found, platform),
            "leave --platform out, or name another base");
      }
      builders.add(
          ImageBuilder.on(
              base instanceof Location.InRegistry ? image.named(source.name()) : image));
    }
    return builders;
  }

  /** What was built: an image, or one for each platform, which an index holds together. */
  static final class BuiltImages implements AutoCloseable {
    private final List<BuiltImage> images = new ArrayList<>();

    void add(BuiltImage image) {
      images.add(image);
    }

    /**
     * Copies the image, or the images and their index.
     *
     * @param annotations the index's
     * @throws InvalidInputException if two images are for the same platform
     */
    CopyResult copy(
        ContentTarget target,
        List<String> tags,
        Map<String, String> annotations,
        CopyOptions options)
        throws IOException {
      if (images.size() == 1) {
        var image = images.get(0);
        return Copier.copy(image.source(), image.root(), target, tags, options);
      }
      var index = new IndexBuilder();
      for (var image : images) {
        try {
          index.add(image.source(), image.manifest());
        } catch (IllegalArgumentException e) {
          throw InvalidInputException.of(e, "name each platform once");
        }
      }
      annotations.forEach(index::annotation);
      return index.copy(target, tags, options);
    }

    @Override
    public void close() throws IOException {
      for (var image : images) {
        image.close();
      }
    }
  }
}
