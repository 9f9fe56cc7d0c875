package io.github.tugoci.cli;

import io.github.tugoci.cli.artifact.ArtifactUpload;
import io.github.tugoci.cli.chart.ChartUpload;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.image.ImageUpload;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.reference.FileName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = {
      "Push what a path holds: a chart, an image or files. What is there says which:",
      "  a directory with Chart.yaml, or a package (.tgz) of one, as by \"tug chart push\"",
      "  an OCI layout, or an archive of docker save or OCI, gzip'd or not, as by \"tug image"
          + " push\"",
      "  other files and folders, one or several, as an artifact, as by \"tug artifact push\""
    },
    footer = {
      "  tug push helm/shop oci://ghcr.io/acme/charts",
      "  docker save acme/app -o app.tar && tug push app.tar ghcr.io/acme/app:1.0",
      "  tug push site report.json:application/json ghcr.io/acme/docs:1.0"
    })
final class Push implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      arity = "2..*",
      paramLabel = "PATH|REF",
      description = {
        "The path or, of files and folders, several, each with :TYPE behind it if it has one; then"
            + " REF, where it goes: HOST/NAME[:TAG], of a chart oci://HOST/PATH alone.",
        "oci:DIR:TAG and docker-archive:FILE:NAME:TAG choose one of several images."
      })
  private List<String> words = List.of();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Images, artifacts: one more tag; can be given several times.")
  private List<String> tags = List.of();

  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Option(
      names = "--artifact-type",
      paramLabel = "TYPE",
      description = "Artifacts: what kind of artifact it is.")
  private @Nullable String artifactType;

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "Artifacts: an annotation of the manifest; can be given several times.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Override
  public void run(CommandContext session) throws IOException {
    var paths = words.subList(0, words.size() - 1);
    var to = words.get(words.size() - 1);
    if (paths.size() == 1) {
      one(paths.get(0), to, session);
      return;
    }
    for (var path : paths) {
      var found = recognise(path);
      if (found.kind() != LocalContent.Kind.FILES) {
        throw new InvalidInputException(
            "several paths, of which %s is %s".formatted(path, found.words()),
            "push it alone; \"tug artifact push REF FILE…\" pushes all of them as plain files");
      }
    }
    tell(session, String.join(", ", paths), "files", "artifact");
    files(paths, to, session);
  }

  private void one(String path, String to, CommandContext session) throws IOException {
    if (Location.isOnDisk(path)) {
      refuseArtifactsOptions(path, "an image");
      image(Location.parse(path), to, session);
      return;
    }
    var found = recognise(path);
    switch (found.kind()) {
      case CHART -> {
        refuseArtifactsOptions(path, found.words());
        refuse(path, found.words(), "an image or an artifact", "--tag", !tags.isEmpty());
        refuseImagesOptions(path, found.words());
        tell(session, path, found.words(), "chart");
        ChartUpload.run(options, FileName.path(path), to, choice.overwrite(), session);
      }
      case FILES -> {
        tell(session, path, found.words(), "artifact");
        files(List.of(path), to, session);
      }
      default -> {
        refuseArtifactsOptions(path, found.words());
        tell(session, path, found.words(), "image");
        unpacked(FileName.path(path), found, to, session);
      }
    }
  }

  /** What a word names; one that isn't there as it is written may have a type behind it. */
  private static LocalContent recognise(String word) throws IOException {
    if (Location.isOnDisk(word)) {
      return new LocalContent(LocalContent.Kind.LAYOUT, "an image");
    }
    var path = FileName.path(word);
    if (Files.exists(path)) {
      return LocalContent.of(path);
    }
    ArtifactUpload.files(List.of(word)); // it fails if there is no such file
    return new LocalContent(LocalContent.Kind.FILES, "a file with a type");
  }

  /** An archive is read in place, which a compressed one can't be. */
  private void unpacked(Path path, LocalContent found, String to, CommandContext session)
      throws IOException {
    var form = found.kind().form();
    if (Files.isDirectory(path) || !isGzip(path)) {
      image(new Location.OnDisk(form, path, null, null), to, session);
      return;
    }
    try (var scratch = ScratchDirectory.temporary();
        var in =
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
      var plain = scratch.path().resolve("archive.tar");
      Files.copy(in, plain);
      image(new Location.OnDisk(form, plain, null, null), to, session);
    }
  }

  private static boolean isGzip(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.read() == 0x1f && in.read() == 0x8b;
    }
  }

  private void image(Location from, String to, CommandContext session) throws IOException {
    ImageUpload.run(options, from, Location.parse(to), tags, choice, session);
  }

  private void files(List<String> paths, String to, CommandContext session) throws IOException {
    refuseImagesOptions(paths.get(0), "a plain file or folder");
    var location = Location.parse(to);
    ArtifactUpload.run(
        options,
        location,
        ArtifactUpload.files(paths),
        ArtifactUpload.options(session.environment(), artifactType, annotations),
        Target.of(location, tags, Optional.empty()),
        choice.overwrite(),
        session);
  }

  private void refuseImagesOptions(String path, String words) {
    refuse(path, words, "an image", "--platform", !choice.platforms().isEmpty());
    refuse(path, words, "an image", "--referrers", choice.referrers());
    refuse(path, words, "an image", "--foreign-layers", choice.foreignLayers());
  }

  private void refuseArtifactsOptions(String path, String words) {
    refuse(path, words, "an artifact", "--artifact-type", artifactType != null);
    refuse(path, words, "an artifact", "--annotation", !annotations.isEmpty());
  }

  private static void refuse(
      String path, String words, String whose, String option, boolean given) {
    if (given) {
      throw new InvalidInputException(
          "%s is for %s, but %s is %s".formatted(option, whose, path, words),
          "leave it out; \"tug artifact push REF FILE…\" pushes anything as plain files");
    }
  }

  private static void tell(CommandContext session, String path, String words, String command) {
    var verb = words.equals("files") ? "are" : "is";
    session.output().tell("%s %s %s: as \"tug %s push\"".formatted(path, verb, words, command));
  }
}
