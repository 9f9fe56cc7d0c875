package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "push",
    description = {
      "Push a chart as Helm does: to the repository of its name below a path, with its version as"
          + " tag.",
      "A directory is packaged first; a .prov file beside a package is pushed with it."
    },
    footer = {
      "  tug chart push helm/shop oci://ghcr.io/acme/charts",
      "  tug chart push shop-1.2.0.tgz oci://ghcr.io/acme/charts --no-overwrite"
    })
public final class ChartPush extends ConnectedCommand {
  @Parameters(index = "0", paramLabel = "CHART", description = "A package (.tgz) or a directory.")
  private Path chart;

  @Parameters(
      index = "1",
      paramLabel = "oci://HOST/PATH",
      description = "The path to push to; or oci:DIR.")
  private String to;

  @Option(
      names = "--no-overwrite",
      description = "Refuse to replace the version if it exists with other content.")
  private boolean noOverwrite;

  @Option(
      names = "--created",
      paramLabel = "TIME",
      description =
          "Set the manifest's time: RFC 3339, or \"file\" for the package's time of change, as Helm"
              + " does (default: SOURCE_DATE_EPOCH, otherwise a constant).")
  private @Nullable String created;

  @Mixin private ChartLimitsOption limits = new ChartLimitsOption();

  @Override
  public void run(CommandContext session) throws IOException {
    push(
        options(),
        chart,
        limits.limits(),
        to,
        !noOverwrite,
        archive -> time(archive, session),
        session);
  }

  private OffsetDateTime time(ChartArchive archive, CommandContext session) throws IOException {
    if (created == null) {
      return fixedTime(session);
    }
    if (created.equals("file")) {
      var changed =
          archive.packed() == null
              ? Files.getLastModifiedTime(archive.path()).toInstant()
              : Instant.now();
      return changed.atZone(ZoneId.systemDefault()).toOffsetDateTime();
    }
    try {
      return OffsetDateTime.parse(created);
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          "invalid --created \"%s\"".formatted(created), "write 2026-01-31T12:00:00Z, or file", e);
    }
  }

  /** The time that a chart's manifest gets. */
  public interface Time {
    OffsetDateTime of(ChartArchive archive) throws IOException;
  }

  /** {@code SOURCE_DATE_EPOCH}'s time, or a constant. */
  public static OffsetDateTime fixedTime(CommandContext session) {
    return LocalChart.time(session.environment()).atOffset(ZoneOffset.UTC);
  }

  /**
   * Pushes a package or a directory, whichever command asks for it, and prints what came of it.
   *
   * @param to the path that the chart's repository is below, or a layout
   * @param overwrite whether its version may exist with other content
   */
  public static void push(
      ConnectionOptions options,
      Path chart,
      ChartLimits limits,
      String to,
      boolean overwrite,
      Time time,
      CommandContext session)
      throws IOException {
    var archive = LocalChart.open(chart, limits, session.environment(), session::warn);
    var location = ChartReference.target(to, archive.metadata().name());
    try (var connection = options.open(session, Hosts.of(List.of(location)))) {
      var copy = connection.copyOptions(location).overwrite(overwrite).build();
      var push = ChartPushOptions.builder().created(time.of(archive)).copy(copy).build();
      var pushed = connection.write(location, store -> Charts.push(store, archive, push));
      var name =
          Target.of(location, List.of(pushed.tag()), Optional.empty()).name(pushed.manifest());
      session.print(
          new Pushed(
              name,
              pushed.tag(),
              pushed.manifest().digest(),
              pushed.manifest().size(),
              pushed.metadata().name(),
              pushed.metadata().version()),
          "Pushed: " + name,
          "Digest: " + pushed.manifest().digest());
    }
  }

  private record Pushed(
      String reference, String tag, Digest digest, long size, String name, String version)
      implements JsonRecord {}
}
