package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.cli.shell.Session;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
      "Package a chart's directory as Helm does, into NAME-VERSION.tgz.",
      "The same source gives the same bytes on every machine, unless other times are asked for."
    },
    footer = {
      "  tug chart package helm/shop -d build",
      "  tug chart package helm/shop --version 1.2.0-rc.1 --app-version 7f3c",
      "  tug chart package helm/shop --sign --key alice@example.com --keyring secret.gpg"
    })
public final class ChartPackage implements Action {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(paramLabel = "DIR", description = "The chart's directory.")
  private Path directory;

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
      names = "--dependency-update",
      description = "Before that, resolve and fetch what it needs: chart dependency update.")
  private boolean dependencyUpdate;

  @Override
  public void run(Session session) throws IOException {
    if (!Files.exists(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          directory + " is no directory", "a package is pushed with \"tug chart push\" as it is");
    }
    if (dependencyUpdate) {
      DependencySources.use(session, options, directory, found -> found.update(directory));
    }
    var chart = Chart.read(directory);
    var metadata = chart.metadata();
    if (version != null) {
      metadata = metadata.withVersion(version);
    }
    if (appVersion != null) {
      metadata = metadata.withAppVersion(appVersion);
    }
    var signer = signing.open(session.environment());
    var archive =
        ChartPackager.with(times.timestamps(session.environment()))
            .write(chart.withMetadata(metadata), destination);
    var provenance = signer == null ? null : SigningOptions.write(signer, archive);
    session.output().print(new Packaged(archive, provenance));
  }

  private record Packaged(ChartArchive archive, @Nullable Path provenance) implements Result {
    @Override
    public List<String> text() {
      return List.of("Packaged: " + archive.path(), "Digest: " + archive.descriptor().digest());
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("path", archive.path().toString());
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
