package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
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
    ChartUpload.run(
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
      return ChartUpload.fixedTime(session);
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
}
