package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.ConnectionOptions;
import io.github.tugoci.cli.connect.Hosts;
import io.github.tugoci.cli.connect.Location;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Result;
import io.github.tugoci.helm.ChartVersions;
import io.github.tugoci.helm.SemanticVersion;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "versions",
    description = {
      "List the versions of a chart, the newest first.",
      "Prereleases are left out unless --devel or the constraint asks for them. Tags such as"
          + " v1.2.3, which Helm finds by their exact tag only, are told on standard error."
    },
    footer = {
      "  tug chart versions oci://ghcr.io/acme/charts/shop",
      "  tug chart versions oci://ghcr.io/acme/charts/shop --version ^1.2 --latest"
    })
public final class ChartVersionsCommand implements CliCommand {
  private static final int SHOWN = 5;

  @Mixin private ConnectionOptions options = new ConnectionOptions();

  @Parameters(
      paramLabel = "oci://HOST/PATH/NAME",
      description = "The chart; or oci:DIR for a layout.")
  private Location location;

  @Option(
      names = "--version",
      paramLabel = "CONSTRAINT",
      description = "Only these: ^1.2, or \">=1.0, <2\".")
  private @Nullable String constraint;

  @Option(names = "--devel", description = "Prereleases too.")
  private boolean devel;

  @Option(names = "--latest", description = "Only the newest of them.")
  private boolean latest;

  @Override
  public void run(CommandContext session) throws IOException {
    if (location.tag().isPresent() || location.digest().isPresent()) {
      throw new InvalidInputException(
          location + " is one version already", "leave the tag and the digest out");
    }
    try (var connection = options.open(session, Hosts.of(location))) {
      var tags = connection.tags(location);
      var omitted = ChartVersions.omitted(tags);
      if (!omitted.isEmpty()) {
        session.output().warn(warning(omitted));
      }
      var all = ChartVersions.of(tags);
      var found =
          latest
              ? List.of(all.choose(constraint, devel, location))
              : all.allowedBy(ChartVersions.constraint(constraint, devel)).all();
      session.output().print(new Listed(location.toString(), found, omitted));
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

  private record Listed(String reference, List<SemanticVersion> versions, List<String> omitted)
      implements Result {
    @Override
    public List<String> text() {
      return versions.stream().map(SemanticVersion::text).toList();
    }

    @Override
    public Map<String, ?> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put("reference", reference);
      json.put("versions", versions.stream().map(Listed::json).toList());
      if (!omitted.isEmpty()) {
        json.put("omitted", omitted);
      }
      return json;
    }

    private static Map<String, String> json(SemanticVersion version) {
      var json = new LinkedHashMap<String, String>();
      json.put("version", version.text());
      json.put("tag", version.tag());
      return json;
    }
  }
}
