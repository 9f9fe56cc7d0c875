package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectedCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "versions",
    description = {
      "List the versions of a chart, the newest first.",
      "Prereleases are left out unless --devel or the constraint asks for them. Tags such as"
          + " v1.2.3, which Helm finds by their exact tag only, are left out with a warning."
    },
    footer = {
      "  tug chart versions oci://ghcr.io/acme/charts/shop",
      "  tug chart versions oci://ghcr.io/acme/charts/shop --version ^1.2 --latest"
    })
public final class ChartVersionsCommand extends ConnectedCommand {
  private static final int SHOWN = 5;

  @Parameters(
      paramLabel = "oci://HOST/PATH/NAME",
      description = "The chart; or oci:DIR for a layout.")
  private Location location;

  @Option(
      names = "--version",
      paramLabel = "CONSTRAINT",
      description = "List only versions that match a constraint: ^1.2, or \">=1.0, <2\".")
  private @Nullable String constraint;

  @Option(names = "--devel", description = "Include prereleases.")
  private boolean devel;

  @Option(names = "--latest", description = "List only the newest of them.")
  private boolean latest;

  @Override
  public void run(CommandContext session) throws IOException {
    if (!location.isBare()) {
      throw new InvalidInputException(
          "not a repository: %s names one version".formatted(location),
          "leave the tag and the digest out");
    }
    try (var connection = connect(session, location)) {
      var tags = connection.tags(location);
      var omitted = ChartVersions.omitted(tags);
      if (!omitted.isEmpty()) {
        session.warn(warning(omitted));
      }
      var all = ChartVersions.of(tags);
      var found =
          latest
              ? List.of(all.choose(constraint, devel, location))
              : all.allowedBy(ChartVersions.constraint(constraint, devel)).all();
      session.print(
          new Listed(
              location,
              found.stream().map(it -> new Version(it.text(), it.tag())).toList(),
              omitted.isEmpty() ? null : omitted),
          found.stream().map(SemanticVersion::text).toList());
    }
  }

  /** Helm looks for none of them either, but pulls each by its tag. */
  private String warning(List<String> omitted) {
    return "left out, as not SemVer 2 (MAJOR.MINOR.PATCH, without v): %s%s; pull one by its tag, as in %s:%s"
        .formatted(
            String.join(", ", omitted.subList(0, Math.min(SHOWN, omitted.size()))),
            omitted.size() > SHOWN ? " and " + (omitted.size() - SHOWN) + " more" : "",
            location,
            omitted.get(0));
  }

  private record Listed(Location reference, List<Version> versions, @Nullable List<String> omitted)
      implements JsonRecord {}

  private record Version(String version, String tag) implements JsonRecord {}
}
