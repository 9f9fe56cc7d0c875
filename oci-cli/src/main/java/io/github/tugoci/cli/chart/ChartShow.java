package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPullOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.jsonpath.JsonPath;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show a chart's metadata, values, README or CRDs, or all of them.",
    footer = {
      "  tug chart show values oci://ghcr.io/acme/charts/shop --version ^1",
      "  tug chart show values helm/shop --jsonpath '{.image.tag}'",
      "  tug chart show chart helm/shop --format json"
    })
public final class ChartShow extends ConnectedCommand {
  enum Part {
    CHART,
    VALUES,
    README,
    CRDS,
    ALL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(index = "0", paramLabel = "PART", description = "chart, values, readme, crds or all.")
  private Part part;

  @Parameters(
      index = "1",
      paramLabel = "CHART|REF",
      description =
          "A directory, a package, oci://HOST/PATH/NAME[:V], oci:DIR[:V], https://…/NAME-V.tgz, or"
              + " a name in --repo's repository.")
  private String chart;

  @Mixin private VersionOptions version = new VersionOptions();

  @Mixin private RepoOption repo = new RepoOption();

  @Mixin private VerifyOptions verify = new VerifyOptions();

  @Option(
      names = "--jsonpath",
      paramLabel = "TEMPLATE",
      description = "Print only the values that this JSONPath selects: {.image.tag}.")
  private @Nullable String jsonPath;

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    if (jsonPath == null || jsonPath.isEmpty()) {
      var shown = new ShownChart(read(session), part);
      session.output().printContent(shown.json(), shown.text());
      return;
    }
    if (part != Part.VALUES) {
      throw new InvalidInputException("--jsonpath needs the part values", null);
    }
    var template = template(jsonPath);
    session.output().printRaw(filled(template, read(session), session), "values");
  }

  private static JsonPath template(String text) {
    try {
      return JsonPath.parse(text);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(e, "write it as for kubectl: {.image.tag}, {.items[*].name}");
    }
  }

  /** Where something isn't there, Helm writes nothing; that is told here. */
  private String filled(JsonPath template, Chart read, CommandContext session) throws IOException {
    var values = read.values();
    try {
      return template.apply(values);
    } catch (NotFoundException e) {
      session.warn("--jsonpath " + jsonPath + ": " + e.getMessage());
      return "";
    }
  }

  private Chart read(CommandContext session) throws IOException {
    var check = verify.check(session);
    if (!repo.given() && !ChartReference.isReference(chart) && Files.exists(FileName.path(chart))) {
      return local(FileName.path(chart), check);
    }
    var web = repo.find(chart, session);
    if (web.isPresent()) {
      return fetched(
          check,
          (folder, pull) ->
              web.get().pull(session, options(), version, folder, pull).archive().path());
    }
    if (!repo.given() && !ChartReference.isReference(chart)) {
      throw new NoSuchFileException(chart);
    }
    var location = ChartReference.parse(repo.reference(chart, session));
    try (var connection = connect(session, location)) {
      var found = version.choose(connection, location);
      return check == null
          ? Charts.read(found.store(), found.selector(), limits.limits())
          : fetched(
              check,
              (folder, pull) -> Charts.pull(found.store(), found.selector(), folder, pull).path());
    }
  }

  private Chart local(Path path, ChartPullOptions.@Nullable Check check) throws IOException {
    if (check != null) {
      if (Files.isDirectory(path)) {
        throw new InvalidInputException(
            "cannot verify " + path + ": a directory has no provenance", null);
      }
      VerifyOptions.verify(ChartArchive.open(path, limits.limits()), check);
    }
    return Chart.read(path, limits.limits());
  }

  private interface Fetch {
    Path into(Path folder, ChartPullOptions options) throws IOException;
  }

  private Chart fetched(ChartPullOptions.@Nullable Check check, Fetch fetch) throws IOException {
    var options = ChartPullOptions.builder().limits(limits.limits()).check(check).build();
    try (var scratch = ScratchDirectory.temporary()) {
      return Chart.read(fetch.into(scratch.path(), options), limits.limits());
    }
  }
}
