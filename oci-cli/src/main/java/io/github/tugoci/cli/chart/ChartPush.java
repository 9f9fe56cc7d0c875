package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.PushedChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = {
      "Push a chart as Helm pushes it: into the repository of its name below a path, with its"
          + " version as tag.",
      "A directory is packaged first; a .prov file beside a package goes along."
    },
    footer = {
      "  tug chart push helm/shop oci://ghcr.io/acme/charts",
      "  tug chart push shop-1.2.0.tgz oci://ghcr.io/acme/charts --no-overwrite"
    })
public final class ChartPush implements CliCommand {
  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(index = "0", paramLabel = "CHART", description = "A package (.tgz) or a directory.")
  private Path chart;

  @Parameters(index = "1", paramLabel = "oci://HOST/PATH", description = "Where to; or oci:DIR.")
  private String to;

  @Option(
      names = "--no-overwrite",
      description = "Refuse to replace the version, if it is there with other content.")
  private boolean noOverwrite;

  @Option(
      names = "--created",
      paramLabel = "TIME",
      description =
          "The manifest's time: RFC 3339, or \"file\" for the package's time of change, as Helm"
              + " takes it (default: SOURCE_DATE_EPOCH, else one for all).")
  private @Nullable String created;

  @Override
  public void run(CommandContext session) throws IOException {
    try (var local = LocalChart.open(chart, session.environment(), session.output()::warn)) {
      push(local.archive(), session);
    }
  }

  private void push(ChartArchive archive, CommandContext session) throws IOException {
    var location = ChartReference.target(to, archive.metadata().name());
    try (var connection = options.open(session, Hosts.of(location))) {
      var pushed =
          connection.write(
              location,
              store ->
                  Charts.push(
                      store,
                      archive,
                      ChartPushOptions.defaults()
                          .withCreated(time(archive, session))
                          .withCopy(
                              connection.copyOptions(location).overwrite(!noOverwrite).build())));
      var name =
          Target.of(location, List.of(pushed.tag()), Optional.empty()).name(pushed.manifest());
      session.output().print(new Pushed(name, pushed));
    }
  }

  private OffsetDateTime time(ChartArchive archive, CommandContext session) throws IOException {
    if (created == null) {
      return ChartTimes.fixed(session.environment()).atOffset(ZoneOffset.UTC);
    }
    if (created.equals("file")) {
      var changed = Files.getLastModifiedTime(archive.path()).toInstant();
      return changed.atZone(ZoneId.systemDefault()).toOffsetDateTime();
    }
    try {
      return OffsetDateTime.parse(created);
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          "--created " + created + " is no time", "write 2026-01-31T12:00:00Z, or file", e);
    }
  }

  private record Pushed(String reference, PushedChart chart) implements Result {
    @Override
    public List<String> text() {
      return List.of("Pushed: " + reference, "Digest: " + chart.manifest().digest());
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.put("tag", chart.tag());
      json.put("digest", chart.manifest().digest().toString());
      json.put("size", chart.manifest().size());
      json.put("name", chart.metadata().name());
      json.put("version", chart.metadata().version());
      return json;
    }
  }
}
