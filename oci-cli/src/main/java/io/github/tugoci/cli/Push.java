package io.github.tugoci.cli;

import io.github.tugoci.cli.artifact.ArtifactUpload;
import io.github.tugoci.cli.chart.ChartPush;
import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.image.ImagePush;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.reference.Location;
import io.github.tugoci.text.FileName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = {
      "Push what a path holds: a chart, an image or files. The content says which:",
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
final class Push extends ConnectedCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH|REF",
      description = {
        "The path or, of files and folders, several, each with :TYPE behind it if it has one; then"
            + " REF, where to push: HOST/NAME[:TAG], for a chart oci://HOST/PATH alone.",
        "oci:DIR:TAG and docker-archive:FILE:NAME:TAG select one of several images."
      })
  private List<String> words = List.of();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Images, artifacts: add this tag too; repeatable.")
  private List<String> tags = List.of();

  @Mixin private CopyFilterOptions choice = new CopyFilterOptions();

  @Option(
      names = "--artifact-type",
      paramLabel = "TYPE",
      description = "Artifacts: set the type, such as application/vnd.acme.report.")
  private @Nullable String artifactType;

  @Option(
      names = "--annotation",
      paramLabel = "KEY=VALUE",
      description = "Artifacts: add this annotation to the manifest; repeatable.")
  private Map<String, String> annotations = new LinkedHashMap<>();

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    // Not by an arity of 2: picocli would want both side by side, without an option between them.
    if (words.size() < 2) {
      throw new InvalidInputException(
          "missing REF",
          "name where to push \"%s\": see \"tug push --help\"".formatted(words.get(0)));
    }
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
    var found = recognise(path);
    check(path, found, session);
    if (Location.isOnDisk(path)) {
      image(Location.parse(path), to, session);
      return;
    }
    var file = FileName.path(path);
    switch (found.kind()) {
      case CHART -> {
        tell(session, path, found.words(), "chart");
        ChartPush.push(
            options(),
            file,
            limits.limits(),
            to,
            choice.overwrite(),
            archive -> ChartPush.fixedTime(session),
            session);
      }
      case FILES -> {
        tell(session, path, found.words(), "artifact");
        files(List.of(path), to, session);
      }
      default -> {
        tell(session, path, found.words(), "image");
        unpacked(file, found, to, session);
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

  private void check(String path, LocalContent found, CommandContext session) {
    var kind = found.kind().content();
    kind.check(session.given(), Set.of(), path, found.words());
    if (kind == ContentKind.CHART && !tags.isEmpty()) {
      throw new InvalidInputException(
          "--tag is for an image or an artifact, but %s is %s".formatted(path, found.words()),
          "leave it out: a chart's version is its tag");
    }
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
    var target = Location.parse(to);
    try (var connection = connect(session, from, target)) {
      ImagePush.push(connection, from, target, tags, choice, session);
    }
  }

  private void files(List<String> paths, String to, CommandContext session) throws IOException {
    ContentKind.ARTIFACT.check(session.given(), Set.of(), paths.get(0), "a plain file or folder");
    var target = Target.of(Location.parse(to), tags, Optional.empty());
    var files = ArtifactUpload.files(paths);
    var push = ArtifactUpload.options(session.environment(), artifactType, annotations);
    try (var connection = connect(session, target.location())) {
      var copy = connection.copyOptions(target.location()).overwrite(choice.overwrite());
      ArtifactUpload.run(connection, files, push, target, copy, session);
    }
  }

  private static void tell(CommandContext session, String path, String words, String command) {
    var verb = words.equals("files") ? "are" : "is";
    session.tell("%s %s %s: as \"tug %s push\"".formatted(path, verb, words, command));
  }
}
