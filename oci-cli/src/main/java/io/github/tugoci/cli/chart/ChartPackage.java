package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ChartSourceOptions;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartTimestamps;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "package",
    description = {
      "Package the directories of charts as Helm does, each into NAME-VERSION.tgz.",
      "The same source gives the same bytes on every machine, unless --timestamps asks for others."
    },
    footer = {
      "  tug chart package helm/shop -d build",
      "  tug chart package helm/shop --version 1.2.0-rc.1 --app-version 7f3c",
      "  tug chart package helm/shop --sign --key alice@example.com --keyring secret.gpg"
    })
public final class ChartPackage implements CliCommand {
  @Mixin private ChartSourceOptions options = new ChartSourceOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "DIR",
      description = "The directories of charts (default: the current one).")
  private List<Path> directories = List.of(Path.of("."));

  @Option(
      names = {"-d", "--destination"},
      paramLabel = "DIR",
      description = "Write the packages to this folder (default: the current one).")
  private Path destination = Path.of(".");

  @Option(
      names = "--version",
      paramLabel = "V",
      description = "Set the chart's version (default: Chart.yaml's).")
  private @Nullable String version;

  @Option(
      names = "--app-version",
      paramLabel = "V",
      description = "Set the version of what the chart installs (default: Chart.yaml's).")
  private @Nullable String appVersion;

  @Option(
      names = "--timestamps",
      paramLabel = "TIMES",
      description =
          "Set the files' times in the package: fixed (SOURCE_DATE_EPOCH, otherwise a constant),"
              + " source or now (default: fixed).")
  private Times times = Times.FIXED;

  @Mixin private SigningOptions signing = new SigningOptions();

  @Option(
      names = {"-u", "--dependency-update"},
      description = "First resolve and fetch the dependencies, as chart dependency update.")
  private boolean dependencyUpdate;

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    directories.forEach(ChartPackage::check);
    // All are read before one is written: what is wrong with one leaves nothing of the others.
    var charts = new LinkedHashMap<String, Chart>();
    for (var directory : directories) {
      var chart = read(directory, session);
      if (charts.put(chart.metadata().toString(), chart) != null) {
        throw new InvalidInputException(
            "duplicate chart: %s, also in %s".formatted(chart.metadata(), directory), null);
      }
    }
    var signer = signing.open(session.environment());
    var packager = ChartPackager.with(times.timestamps(session.environment()));
    var packaged = new ArrayList<Packaged>();
    for (var chart : charts.values()) {
      LocalChart.warn(chart, session::warn);
      var archive = packager.write(chart, destination);
      packaged.add(
          Packaged.of(archive, signer == null ? null : SigningOptions.write(signer, archive)));
    }
    session.print(
        packaged.size() == 1 ? packaged.get(0) : new AllPackaged(packaged),
        packaged.stream()
            .flatMap(made -> Stream.of("Packaged: " + made.path, "Digest: " + made.digest))
            .toList());
  }

  private static void check(Path directory) {
    if (!Files.exists(directory)) {
      throw new UncheckedIOException(new NoSuchFileException(directory.toString()));
    }
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          "not a directory: " + directory, "\"tug chart push\" pushes a package as it is");
    }
  }

  private Chart read(Path directory, CommandContext session) throws IOException {
    if (dependencyUpdate) {
      DependencySources.use(
          session,
          options,
          new VerifyOptions(),
          limits,
          directory,
          found -> found.update(directory));
    }
    return LocalChart.withVersions(Chart.read(directory, limits.limits()), version, appVersion);
  }

  private record AllPackaged(List<Packaged> charts) implements JsonRecord {}

  private record Packaged(
      Path path, String name, String version, Digest digest, long size, @Nullable Path provenance)
      implements JsonRecord {
    static Packaged of(ChartArchive archive, @Nullable Path provenance) {
      return new Packaged(
          archive.path(),
          archive.metadata().name(),
          archive.metadata().version(),
          archive.descriptor().digest(),
          archive.descriptor().size(),
          provenance);
    }
  }

  /** Which times the files of a package get. */
  enum Times {
    /** Always the same, or SOURCE_DATE_EPOCH's. */
    FIXED,
    /** Those of the files. */
    SOURCE,
    /** Now, as Helm 3 does. */
    NOW;

    ChartTimestamps timestamps(Environment environment) {
      return switch (this) {
        case FIXED -> ChartTimestamps.at(LocalChart.time(environment));
        case SOURCE -> ChartTimestamps.source();
        case NOW -> ChartTimestamps.at(Instant.now());
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
