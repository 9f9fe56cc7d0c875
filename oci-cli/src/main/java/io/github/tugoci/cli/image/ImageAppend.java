package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.Connection;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Copied;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.OwnPlatform;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.image.BaseImage;
import io.github.tugoci.image.BuiltImage;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Platform;
import java.io.IOException;
import java.time.Instant;
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
      "  tug image append --layer build/root:/ --cmd /bin/app --platform linux/arm64 oci:image:1.0"
    })
public final class ImageAppend implements Action {
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

  @Option(
      names = "--entrypoint",
      paramLabel = "WORD",
      description =
          "The program and its first arguments: a JSON array, or one word each time. The base's"
              + " --cmd goes.")
  private List<String> entrypoint = List.of();

  @Option(
      names = "--cmd",
      paramLabel = "WORD",
      description = "The default arguments: a JSON array, or one word each time.")
  private List<String> cmd = List.of();

  @Option(names = "--env", paramLabel = "NAME=VALUE", description = "A variable.")
  private List<String> env = List.of();

  @Option(names = "--label", paramLabel = "NAME=VALUE", description = "A label.")
  private List<String> labels = List.of();

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "An annotation of the manifest.")
  private List<String> annotations = List.of();

  @Option(names = "--user", paramLabel = "USER[:GROUP]", description = "Who runs it.")
  private @Nullable String user;

  @Option(names = "--workdir", paramLabel = "PATH", description = "Where it starts.")
  private @Nullable String workdir;

  @Option(names = "--expose", paramLabel = "PORT[/udp]", description = "A port that it listens on.")
  private List<String> ports = List.of();

  @Option(names = "--author", paramLabel = "NAME", description = "Who made it.")
  private @Nullable String author;

  @Option(
      names = "--platform",
      paramLabel = "OS/ARCH",
      description =
          "Which image of the base, if that is an index; without a base, what it runs on. If nothing"
              + " is said, Linux on this machine's processor.")
  private @Nullable Platform platform;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "One more tag; can be given several times.")
  private List<String> tags = List.of();

  @Option(names = "--no-overwrite", description = "Refuse to move a tag that is something else.")
  private boolean noOverwrite;

  @Parameters(
      paramLabel = "TARGET",
      description = "HOST/NAME[:TAG], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private Location to;

  @Override
  public void run(Session session) throws IOException {
    var target = Target.of(to, tags, Optional.of("latest"));
    var hosts = base == null ? Hosts.of(to) : Hosts.of(base, to);
    try (var connection = options.open(session, hosts);
        var image = build(connection, session)) {
      var result =
          connection.write(
              to,
              store ->
                  Copier.copy(
                      image.source(),
                      image.manifest(),
                      store,
                      target.tags(),
                      connection.copyOptions(to).overwrite(!noOverwrite).build()));
      var pushed = new Copied("Pushed", target.name(result.root()), target.tags(), result);
      session.output().note(pushed.summary());
      session.output().print(pushed);
    }
  }

  private BuiltImage build(Connection connection, Session session) throws IOException {
    var time = session.environment().sourceDate().orElse(Instant.EPOCH);
    var settings = Pairs.parse("--env", env);
    var arguments = layers.stream().map(LayerArgument::parse).toList();
    arguments.forEach(layer -> layer.checkOutside(to));
    var builder = begin(connection, session).created(time);
    try {
      for (var layer : arguments) {
        builder.layer(layer.layer());
      }
      if (!entrypoint.isEmpty()) {
        builder.entrypoint(Words.of("--entrypoint", entrypoint));
      }
      if (!cmd.isEmpty()) {
        builder.cmd(Words.of("--cmd", cmd));
      }
      settings.forEach(builder::env);
      Pairs.parse("--label", labels).forEach(builder::label);
      Pairs.parse("--annotation", annotations).forEach(builder::annotation);
      ports.forEach(builder::exposedPort);
      Optional.ofNullable(user).ifPresent(builder::user);
      Optional.ofNullable(workdir).ifPresent(builder::workingDir);
      Optional.ofNullable(author).ifPresent(builder::author);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), null, e);
    }
    return builder.build();
  }

  private ImageBuilder begin(Connection connection, Session session) throws IOException {
    if (base == null) {
      var own = platform == null ? OwnPlatform.get() : platform;
      session.output().note("it is for " + own);
      return ImageBuilder.onNothing(own);
    }
    var source = connection.source(base);
    var root = Images.read(source);
    var wanted = platform == null ? OwnPlatform.get() : platform;
    if (root instanceof ImageIndex && platform == null) {
      session.output().warn(source.name() + " is an index; it is built on the image for " + wanted);
    }
    var image = BaseImage.open(source.store(), root, wanted);
    var found = image.config().platform();
    if (platform != null && !found.serves(platform)) {
      throw new InvalidInputException(
          source.name() + " is for " + found + ", not for " + platform,
          "leave --platform out, or name another base");
    }
    return ImageBuilder.on(
        base instanceof Location.InRegistry ? image.named(source.name()) : image);
  }
}
