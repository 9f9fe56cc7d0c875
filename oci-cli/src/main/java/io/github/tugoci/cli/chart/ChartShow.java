package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.FileName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Show what is in a chart: its metadata, values, README, CRDs, or all of it.",
    footer = {
      "  tug chart show values oci://ghcr.io/acme/charts/shop --version ^1",
      "  tug chart show chart helm/shop --format json"
    })
public final class ChartShow implements CliCommand {
  /** A part of a chart. */
  private enum Part {
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

  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "PART", description = "chart, values, readme, crds or all.")
  private Part part;

  @Parameters(
      index = "1",
      paramLabel = "CHART|REF",
      description = "A directory, a package, oci://HOST/PATH/NAME[:V] or oci:DIR[:V].")
  private String chart;

  @Option(names = "--version", paramLabel = "V", description = "A version or a constraint.")
  private @Nullable String version;

  @Option(names = "--devel", description = "Prereleases too, where no version is given.")
  private boolean devel;

  @Override
  public void run(CommandContext session) throws IOException {
    session.output().print(new Shown(read(session), part));
  }

  private Chart read(CommandContext session) throws IOException {
    if (!ChartReference.isReference(chart)) {
      var path = FileName.path(chart);
      if (!Files.exists(path)) {
        throw new NoSuchFileException(chart);
      }
      return Chart.read(path);
    }
    var location = ChartReference.parse(chart);
    try (var connection = options.open(session, Hosts.of(location))) {
      var found = ChartChoice.of(connection, location, version, devel);
      return Charts.read(found.store(), found.selector(), ChartLimits.HELM);
    }
  }

  /** As Helm shows it: the parts one after the other, all of them with lines between. */
  private record Shown(Chart chart, Part part) implements Result {
    @Override
    public List<String> text() {
      var texts = new ArrayList<String>();
      if (shows(Part.CHART)) {
        texts.add(text(chart.metadata().toYaml()));
      }
      if (shows(Part.VALUES)) {
        chart.file("values.yaml").ifPresent(values -> add(texts, text(values)));
      }
      if (shows(Part.README)) {
        chart.readme().ifPresent(readme -> add(texts, text(readme)));
      }
      if (shows(Part.CRDS)) {
        var crds = chart.crds().values().stream().map(Shown::text).toList();
        if (!crds.isEmpty() && part == Part.ALL && !crds.get(0).startsWith("---")) {
          texts.add("---");
        }
        texts.addAll(crds);
      }
      return texts;
    }

    private boolean shows(Part wanted) {
      return part == wanted || part == Part.ALL;
    }

    private void add(List<String> texts, String text) {
      if (part == Part.ALL) {
        texts.add("---");
      }
      texts.add(text);
    }

    private static String text(Bytes bytes) {
      return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, ?> json() {
      if (part == Part.CHART) {
        return chart.metadata().asMap();
      }
      var json = new LinkedHashMap<String, Object>();
      if (shows(Part.CHART)) {
        json.put("chart", chart.metadata().asMap());
      }
      if (shows(Part.VALUES)) {
        json.put("values", chart.file("values.yaml").map(Shown::text).orElse(""));
      }
      if (shows(Part.README)) {
        json.put("readme", chart.readme().map(Shown::text).orElse(""));
      }
      if (shows(Part.CRDS)) {
        var crds = new LinkedHashMap<String, String>();
        chart.crds().forEach((path, crd) -> crds.put(path, text(crd)));
        json.put("crds", crds);
      }
      return json;
    }
  }
}
