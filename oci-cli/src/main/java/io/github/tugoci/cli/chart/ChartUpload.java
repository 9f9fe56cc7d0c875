package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The push of one chart, whichever command it is asked for by. */
public final class ChartUpload {
  private ChartUpload() {}

  /** The time that a chart's manifest gets. */
  public interface Time {
    /** The time for an archive. */
    OffsetDateTime of(ChartArchive archive) throws IOException;
  }

  /** {@code SOURCE_DATE_EPOCH}'s time, or a constant. */
  public static OffsetDateTime fixedTime(CommandContext session) {
    return ChartTimes.fixed(session.environment()).atOffset(ZoneOffset.UTC);
  }

  /**
   * Pushes a package or a directory and prints what came of it.
   *
   * @param to the path that the chart's repository is below, or a layout
   * @param overwrite whether its version may exist with other content
   */
  public static void run(
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
