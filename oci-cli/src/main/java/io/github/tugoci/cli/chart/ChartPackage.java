package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ChartSourceOptions;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "package",
    description = {
      "Package the directories of charts as Helm does, each into NAME-VERSION.tgz.",
      "The same source gives the same bytes on every machine, unless other times are asked for."
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
      description = "The directories of charts (default: the one that this is run in).")
  private List<Path> directories = List.of(Path.of("."));

  @Option(
      names = {"-d", "--destination"},
      paramLabel = "DIR",
      description = "Where to write it (default: here).")
  private Path destination = Path.of(".");

  @Option(names = "--version", paramLabel = "V", description = "The version, over Chart.yaml's.")
  private @Nullable String version;

  @Option(
      names = "--app-version",
      paramLabel = "V",
      description = "The version of what the chart installs, over Chart.yaml's.")
  private @Nullable String appVersion;

  @Option(
      names = "--timestamps",
      paramLabel = "TIMES",
      description =
          "The files' times in the package: fixed (SOURCE_DATE_EPOCH, else one for all), source or"
              + " now (default: fixed).")
  private ChartTimes times = ChartTimes.FIXED;

  @Mixin private SigningOptions signing = new SigningOptions();

  @Option(
      names = {"-u", "--dependency-update"},
      description = "Before that, resolve and fetch what it needs: chart dependency update.")
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
            "%s: another of the charts is %s too".formatted(directory, chart.metadata()), null);
      }
    }
    var signer = signing.open(session.environment());
    var packager = ChartPackager.with(times.timestamps(session.environment()));
    var packaged = new ArrayList<Packaged>();
    for (var chart : charts.values()) {
      LocalChart.warn(chart, session.output()::warn);
      var archive = packager.write(chart, destination);
      packaged.add(
          new Packaged(archive, signer == null ? null : SigningOptions.write(signer, archive)));
    }
    session.output().print(packaged.size() == 1 ? packaged.get(0) : new AllPackaged(packaged));
  }

  private static void check(Path directory) {
    if (!Files.exists(directory)) {
      throw new UncheckedIOException(new NoSuchFileException(directory.toString()));
    }
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          directory + " is no directory", "a package is pushed with \"tug chart push\" as it is");
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
    var chart = Chart.read(directory, limits.limits());
    var metadata = chart.metadata();
    if (version != null) {
      metadata = metadata.withVersion(version);
    }
    if (appVersion != null) {
      metadata = metadata.withAppVersion(appVersion);
    }
    return chart.withMetadata(metadata);
  }

  /** Several at once. */
  private record AllPackaged(List<Packaged> charts) implements Result {
    @Override
    public List<String> text() {
      return charts.stream().flatMap(chart -> chart.text().stream()).toList();
    }

    @Override
    public Map<String, ?> json() {
      return Map.of("charts", charts.stream().map(Packaged::json).toList());
    }
  }

  private record Packaged(ChartArchive archive, @Nullable Path provenance) implements Result {
    @Override
    public List<String> text() {
      return List.of("Packaged: " + archive.path(), "Digest: " + archive.descriptor().digest());
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", FileName.printable(archive.path()));
      json.put("name", archive.metadata().name());
      json.put("version", archive.metadata().version());
      json.put("digest", archive.descriptor().digest().toString());
      json.put("size", archive.descriptor().size());
      if (provenance != null) {
        json.put("provenance", provenance.toString());
      }
      return json;
    }
  }
}
