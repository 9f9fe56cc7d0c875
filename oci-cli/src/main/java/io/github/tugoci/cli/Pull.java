package io.github.tugoci.cli;

import io.github.tugoci.artifact.ArtifactPullOptions;
import io.github.tugoci.cli.artifact.ArtifactDownload;
import io.github.tugoci.cli.chart.ChartChoice;
import io.github.tugoci.cli.chart.ChartDownload;
import io.github.tugoci.cli.chart.ChartReference;
import io.github.tugoci.cli.chart.KeyringOption;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Source;
import io.github.tugoci.cli.image.ImageDownload;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartPullOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pull",
    description = {
      "Pull what a reference names: a chart, an image or an artifact. Its manifest says which:",
      "  a Helm chart (its configuration's type) is pulled as by \"tug chart pull\":"
          + " NAME-VERSION.tgz",
      "  an image or an index of images as by \"tug image pull\": into TARGET, or a layout"
          + " oci:NAME",
      "  anything else as by \"tug artifact pull\": its files, each under its title",
      "Without a tag it is \"latest\"; where that isn't there, a chart's newest version."
    },
    footer = {
      "  tug pull oci://ghcr.io/acme/charts/shop --version 1.2.0 --untar",
      "  tug pull ghcr.io/acme/app:1.0 docker-archive:app.tar && docker load -i app.tar",
      "  tug pull ghcr.io/acme/docs:1.0 -d docs"
    })
final class Pull implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

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
          "Where an image goes: oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
              + " docker-archive:FILE[:NAME:TAG] (default: oci:NAME, after the repository).")
  private @Nullable Location target;

  @Option(
      names = {"-d", "--destination", "-o", "--output"},
      paramLabel = "DIR",
      description = "The folder that is written to (default: here).")
  private Path destination = Path.of(".");

  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Option(names = "--all-platforms", description = "Images: the whole index, with all of them.")
  private boolean allPlatforms;

  @Option(
      names = "--untitled",
      description = "Artifacts: layers without a title too, into files named by their digests.")
  private boolean untitled;

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "Charts: a version, or a constraint such as ^1.2.")
  private @Nullable String version;

  @Option(names = "--devel", description = "Charts: prereleases too, where no version is given.")
  private boolean devel;

  @Option(names = "--untar", description = "Charts: unpack it into a folder of its name.")
  private boolean untar;

  @Option(
      names = "--verify",
      description = "Charts: keep it only if a key of the keyring signed it.")
  private boolean verify;

  @Mixin private KeyringOption keyring = new KeyringOption();

  @Override
  public void run(CommandContext session) throws IOException {
    if (keyring.given() && !verify) {
      throw new InvalidInputException("--keyring belongs to --verify", "add --verify");
    }
    var location = ChartReference.parse(reference);
    var to = target == null ? new Location[] {location} : new Location[] {location, target};
    try (var connection = options.open(session, Hosts.of(to))) {
      var seen = look(connection, location);
      var found = Recognition.of(seen.source(), seen.root());
      switch (found.kind()) {
        case CHART -> chart(connection, location, seen, found, session);
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
    boolean open = location.tag().isEmpty() && location.digest().isEmpty();
    if (version != null || (devel && open)) {
      return Seen.of(ChartChoice.of(connection, location, version, devel), true);
    }
    try {
      return Seen.of(connection.source(location, choice.platforms()), false);
    } catch (NotFoundException e) {
      if (!open || location instanceof Location.OnDisk) {
        throw e;
      }
      return newest(connection, location, e);
    }
  }

  /** Charts have no "latest". */
  private Seen newest(ClientSession connection, Location location, NotFoundException latest)
      throws IOException {
    try {
      return Seen.of(ChartChoice.of(connection, location, null, devel), true);
    } catch (NotFoundException | InvalidInputException e) {
      latest.addSuppressed(e);
      throw latest;
    }
  }

  private void chart(
      ClientSession connection,
      Location location,
      Seen seen,
      Recognition found,
      CommandContext session)
      throws IOException {
    refuse(found, "an image", "TARGET", target != null);
    refuse(found, "an image", "--platform", !choice.platforms().isEmpty());
    refuseImagesOptions(found);
    refuse(found, "an artifact", "--untitled", untitled);
    refuse(found, "an image or an artifact", "--no-overwrite", !choice.overwrite());
    var wanted = ChartPullOptions.builder().untar(untar).build();
    var checked = verify ? keyring.checking(wanted, session) : wanted;
    // Without a tag a chart's newest version is meant, whatever "latest" may be; with tag and
    // digest both must fit.
    boolean open = location.tag().isEmpty() == location.digest().isEmpty();
    if (open && !seen.chosen() && !(location instanceof Location.OnDisk)) {
      var newest = ChartChoice.of(connection, location, null, devel);
      if (!newest.selector().equals(seen.source().selector())) {
        var other = Seen.of(newest, true);
        tell(session, other.source(), found, "chart pull");
        ChartDownload.run(other.source(), other.root().manifest(), destination, checked, session);
        return;
      }
    }
    tell(session, seen.source(), found, "chart pull");
    ChartDownload.run(seen.source(), found.root().manifest(), destination, checked, session);
  }

  private void image(
      ClientSession connection, Source source, Recognition found, CommandContext session)
      throws IOException {
    refuseChartsOptions(found);
    refuse(found, "an artifact", "--untitled", untitled);
    var to = target == null ? layout(source) : target;
    ImageDownload.check(to, choice, allPlatforms);
    tell(session, source, found, "image pull " + source.name() + " " + to);
    ImageDownload.run(connection, source, found.root(), to, choice, allPlatforms, session);
  }

  /** A layout of the repository's name; a folder that is something else isn't written into. */
  private Location layout(Source source) throws IOException {
    if (!(ChartReference.parse(reference) instanceof Location.InRegistry registry)) {
      throw new InvalidInputException(
          "missing TARGET: " + source.name() + " is an image on this machine",
          "name where it goes, such as docker-archive:FILE");
    }
    var repository = registry.reference().repository().value();
    var folder = destination.resolve(repository.substring(repository.lastIndexOf('/') + 1));
    var layout = new Location.OnDisk(Location.Form.LAYOUT, folder, null, null);
    if (Files.exists(folder) && !Files.exists(folder.resolve("oci-layout")) && !isEmpty(folder)) {
      throw new InvalidInputException(
          folder + " is there already and isn't an OCI layout",
          "name where the image goes, such as " + layout + "-image or docker-archive:FILE");
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
    refuseChartsOptions(found);
    refuse(found, "an image", "TARGET", target != null);
    refuseImagesOptions(found);
    if (choice.platforms().size() > 1) {
      throw new InvalidInputException(
          source.name() + " is " + found.words() + ", and --platform was given several times",
          "choose one platform");
    }
    tell(session, source, found, "artifact pull");
    ArtifactDownload.run(
        connection,
        source,
        found.root().manifest(),
        location,
        choice.platforms().stream().findFirst().orElse(null),
        destination,
        ArtifactPullOptions.builder().overwrite(choice.overwrite()).untitled(untitled).build(),
        session);
  }

  private void refuseChartsOptions(Recognition found) {
    refuse(found, "a chart", "--version", version != null);
    refuse(found, "a chart", "--devel", devel);
    refuse(found, "a chart", "--untar", untar);
    refuse(found, "a chart", "--verify", verify);
  }

  private void refuseImagesOptions(Recognition found) {
    refuse(found, "an image", "--all-platforms", allPlatforms);
    refuse(found, "an image", "--referrers", choice.referrers());
    refuse(found, "an image", "--foreign-layers", choice.foreignLayers());
  }

  private void refuse(Recognition found, String whose, String option, boolean given) {
    if (given) {
      throw new InvalidInputException(
          "%s is for %s, but %s is %s".formatted(option, whose, reference, found.words()),
          "leave it out; \"tug copy\" copies anything to anywhere");
    }
  }

  private static void tell(
      CommandContext session, Source source, Recognition found, String command) {
    session
        .output()
        .tell("%s is %s: as \"tug %s\"".formatted(source.name(), found.words(), command));
  }
}
