package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.reference.Reference;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is published is called by these options, and by what GitHub says where they are missing. */
final class Naming {
  private static final int SHORT_SHA = 12;

  @ArgGroup(validate = false, heading = "%nNames:%n", order = 80)
  private Values values = new Values();

  private static final class Values {
    @Option(
        names = "--registry",
        paramLabel = "HOST",
        description = "Publish to this registry (default: ghcr.io).")
    private String registry = "ghcr.io";

    @Option(
        names = "--owner",
        paramLabel = "NAME",
        description = "Publish under this owner (default: GHCR_OWNER, GITHUB_REPOSITORY_OWNER).")
    private @Nullable String owner;

    @Option(
        names = "--repository",
        paramLabel = "NAME",
        description =
            "Push images to HOST/OWNER/NAME/KEY (default: the chart's name; without a chart, that"
                + " of GITHUB_REPOSITORY).")
    private @Nullable String repository;

    @Option(
        names = "--charts-repository",
        paramLabel = "NAME",
        description = "Push the chart to HOST/OWNER/NAME/CHART (default: charts).")
    private String charts = "charts";

    @Option(
        names = "--tag",
        paramLabel = "TAG",
        description =
            "Tag the images; repeatable, the outputs have the first (default: the first 12 digits"
                + " of GITHUB_SHA).")
    private List<String> tags = List.of();
  }

  /**
   * What all is called.
   *
   * @param tags the images' tags, the first of which is the one in the outputs
   * @param images the repository below which each image has its own
   * @param chart the chart's repository, if there is a chart
   */
  record Names(List<String> tags, Reference images, Optional<Reference> chart) {}

  /**
   * The images' tags, each once.
   *
   * @throws InvalidInputException if there is none, or one is no tag
   */
  List<String> tags(Environment environment) {
    var tags = new LinkedHashSet<>(values.tags);
    if (tags.isEmpty()) {
      var sha = environment.variable("GITHUB_SHA").orElseThrow(() -> missing("tag", "GITHUB_SHA"));
      tags.add(sha.substring(0, Math.min(SHORT_SHA, sha.length())));
    }
    for (var tag : tags) {
      if (!Reference.isTag(tag)) {
        throw new InvalidInputException(
            "invalid tag \"%s\"".formatted(tag),
            "tags have at most 128 letters, digits, '_', '.' and '-', and don't begin with '.' or"
                + " '-'");
      }
    }
    return List.copyOf(tags);
  }

  /**
   * Where all goes.
   *
   * @param tags the images' tags
   * @param chart the chart's name, if there is a chart
   * @throws InvalidInputException if a name isn't known
   */
  Names names(List<String> tags, Optional<String> chart, CommandContext session) {
    chart.ifPresent(LocalChart::nameInRegistry);
    var environment = session.environment();
    var owner =
        Optional.ofNullable(values.owner)
            .or(() -> environment.variable("GHCR_OWNER"))
            .or(() -> environment.variable("GITHUB_REPOSITORY_OWNER"))
            .orElseThrow(() -> missing("owner", "GHCR_OWNER or GITHUB_REPOSITORY_OWNER"));
    var repository =
        Optional.ofNullable(values.repository)
            .or(() -> chart)
            .or(() -> environment.variable("GITHUB_REPOSITORY").map(Naming::lastName))
            .orElseThrow(() -> missing("repository", "GITHUB_REPOSITORY"));
    var root = values.registry + "/" + lowerCase(owner, session.output()) + "/";
    return new Names(
        tags,
        Reference.parse(root + repository),
        chart.map(name -> Reference.parse(root + values.charts + "/" + name)));
  }

  private static String lastName(String repository) {
    return repository.substring(repository.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private static String lowerCase(String owner, Output output) {
    var lower = owner.toLowerCase(Locale.ROOT);
    if (!lower.equals(owner)) {
      output.warn("owner %s: using %s, as registries require lower case".formatted(owner, lower));
    }
    return lower;
  }

  private static InvalidInputException missing(String option, String variable) {
    return new InvalidInputException(
        "missing " + option, "add --" + option + ", or set " + variable);
  }
}
