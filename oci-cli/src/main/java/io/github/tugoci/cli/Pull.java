package io.github.tugoci.cli;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.cli.artifact.ArtifactPull;
import io.github.tugoci.cli.chart.ChartPull;
import io.github.tugoci.cli.chart.ChartPullChoices;
import io.github.tugoci.cli.chart.ChartReference;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.image.ImagePull;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.copy.PlatformSelector;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull what a reference names: a chart, an image or an artifact. Its manifest says which:",
      "  a Helm chart (by the type of its configuration) is pulled as by \"tug chart pull\":"
          + " NAME-VERSION.tgz",
      "  an image or an index of images as by \"tug image pull\": into TARGET, or a layout"
          + " oci:NAME",
      "  anything else as by \"tug artifact pull\": its files, each under its title",
      "Without a tag, pull \"latest\" or, if it doesn't exist, a chart's newest version."
    },
    footer = {
      "  tug pull oci://ghcr.io/acme/charts/shop --version 1.2.0 --untar",
      "  tug pull ghcr.io/acme/app:1.0 docker-archive:app.tar && docker load -i app.tar",
      "  tug pull ghcr.io/acme/docs:1.0 -d docs"
    })
final class Pull extends ConnectedCommand {
  @Parameters(
      index = "0",
      paramLabel = "REF",
      description = "[oci://]HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG] or oci-archive:FILE[:TAG].")
  private String reference;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      description =
          "Where to write an image: oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG] (default: oci:NAME, after the repository).")
  private @Nullable Location target;

  @Option(
      names = {"-d", "--destination", "-o", "--output"},
      paramLabel = "DIR",
      description = "Write to this folder (default: the current one).")
  private Path destination = Path.of(".");

  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Option(names = "--all-platforms", description = "Images: pull the whole index with all of them.")
  private boolean allPlatforms;

  @Option(
      names = "--untitled",
      description =
          "Artifacts: pull layers without a title too, into files named by their digests.")
  private boolean untitled;

  @Mixin private ChartPullChoices charts = new ChartPullChoices();

  @Override
  public void run(CommandContext session) throws IOException {
    var chartOptions = charts.options(session).build();
    var location = ChartReference.parse(reference);
    try (var connection =
        target == null ? connect(session, location) : connect(session, location, target)) {
      var seen = look(connection, location);
      var found = Recognition.of(seen.source(), seen.root());
      check(found, session);
      switch (found.kind()) {
        case CHART -> chart(connection, location, seen, found, chartOptions, session);
        case IMAGE -> image(connection, seen.source(), found, session);
        case ARTIFACT -> artifact(connection, location, seen.source(), found, session);
        default -> throw new AssertionError(found.kind());
      }
    }
  }

  /**
   * What is there.
   *
   * @param chosen whether it was chosen among a chart's versions
   */
  private record Seen(Source source, Root root, boolean chosen) {
    static Seen of(Source source, boolean chosen) throws IOException {
      return new Seen(source, source.root(), chosen);
    }
  }

  private Seen look(ClientSession connection, Location location) throws IOException {
    var version = charts.version();
    if (version.version() != null || (version.devel() && location.isBare())) {
      return Seen.of(version.choose(connection, location), true);
    }
    try {
      return Seen.of(connection.source(location, choice.platforms()), false);
    } catch (NotFoundException e) {
      if (!location.isBare() || location instanceof Location.OnDisk) {
        throw e;
      }
      return newest(connection, location, e);
    }
  }

  /** Charts have no "latest". */
  private Seen newest(ClientSession connection, Location location, NotFoundException latest)
      throws IOException {
    try {
      return Seen.of(charts.version().choose(connection, location), true);
    } catch (NotFoundException | InvalidInputException e) {
      latest.addSuppressed(e);
      throw latest;
    }
  }

  private void check(Recognition found, CommandContext session) {
    var kind = found.kind();
    // One artifact of an index is chosen by its platform, too.
    var more = kind == ContentKind.ARTIFACT ? Set.of("--platform") : Set.<String>of();
    kind.check(session.given(), more, reference, found.words());
    refuse(found, "TARGET is for an image", kind != ContentKind.IMAGE && target != null);
    refuse(
        found,
        "--no-overwrite is for an image or an artifact",
        kind == ContentKind.CHART && !choice.overwrite());
    refuse(
        found,
        "several --platform are for an image",
        kind == ContentKind.ARTIFACT && choice.platforms().size() > 1);
  }

  private void refuse(Recognition found, String rule, boolean broken) {
    if (broken) {
      throw new InvalidInputException(
          "%s, but %s is %s".formatted(rule, reference, found.words()),
          "leave it out; \"tug copy\" copies any content to any place");
    }
  }

  private void chart(
      ClientSession connection,
      Location location,
      Seen seen,
      Recognition found,
      ChartPullOptions options,
      CommandContext session)
      throws IOException {
    // Without a tag a chart's newest version is meant, whatever "latest" may be; with tag and
    // digest both must fit.
    boolean open = location.tag().isEmpty() == location.digest().isEmpty();
    var source =
        open && !seen.chosen() && !(location instanceof Location.OnDisk)
            ? charts.version().choose(connection, location)
            : seen.source();
    tell(session, source, found, "chart pull");
    boolean other = !source.selector().equals(seen.source().selector());
    var root = other ? source.root() : found.root();
    ChartPull.pull(source, root.manifest(), destination, options, session);
  }

  private void image(
      ClientSession connection, Source source, Recognition found, CommandContext session)
      throws IOException {
    var to = target == null ? layout(source) : target;
    ImagePull.check(to, choice, allPlatforms);
    tell(session, source, found, "image pull " + source.name() + " " + to);
    ImagePull.pull(connection, source, found.root(), to, choice, allPlatforms, session);
  }

  /** A layout of the repository's name; a folder that is something else isn't written into. */
  private Location layout(Source source) throws IOException {
    if (!(ChartReference.parse(reference) instanceof Location.InRegistry registry)) {
      throw new InvalidInputException(
          "missing TARGET: %s is an image on this machine".formatted(source.name()),
          "name where to write it, such as docker-archive:FILE");
    }
    var folder = destination.resolve(registry.reference().repository().lastComponent());
    var layout = new Location.OnDisk(Location.Form.LAYOUT, folder, null, null);
    if (Files.exists(folder) && !Files.exists(folder.resolve("oci-layout")) && !isEmpty(folder)) {
      throw new InvalidInputException(
          "%s exists and isn't an OCI layout".formatted(folder),
          "name where to write the image, such as " + layout + "-image or docker-archive:FILE");
    }
    return layout;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findFirst().isEmpty();
    }
  }

  private void artifact(
      ClientSession connection,
      Location location,
      Source source,
      Recognition found,
      CommandContext session)
      throws IOException {
    tell(session, source, found, "artifact pull");
    var root = found.root();
    for (var platform : choice.platforms()) {
      root = PlatformSelector.select(source.store(), root, platform);
    }
    ArtifactPull.pull(
        connection,
        source,
        root.manifest(),
        location,
        destination,
        ArtifactPullOptions.builder().overwrite(choice.overwrite()).untitled(untitled).build(),
        session);
  }

  private static void tell(
      CommandContext session, Source source, Recognition found, String command) {
    session.tell("%s is %s: as \"tug %s\"".formatted(source.name(), found.words(), command));
  }
}
