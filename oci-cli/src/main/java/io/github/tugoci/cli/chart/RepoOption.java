package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.dependency.HelmRepositories;
import io.github.tugoci.error.InvalidYamlException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From which chart repository a chart comes that is named alone. */
final class RepoOption {
  private static final Pattern WEB = Pattern.compile("(?i)https?://.*", Pattern.DOTALL);
  private static final Pattern ALIASED = Pattern.compile("([^/:@]+)/([^/:@]+)");

  @Option(
      names = "--repo",
      paramLabel = "URL",
      description =
          "Take the chart from this chart repository: https:// with an index.yaml, oci://, or a"
              + " name in Helm's repositories.yaml.")
  private @Nullable String repository;

  /**
   * The chart, if it is on the web: the URL of an archive, a name in the repository of the option,
   * or {@code NAME/CHART} where Helm knows a repository of that name.
   */
  Optional<WebCharts> find(String chart, CommandContext session) throws IOException {
    if (repository == null && WEB.matcher(chart).matches()) {
      return Optional.of(new WebCharts(chart, null, known(session.environment())));
    }
    var aliased = ALIASED.matcher(chart);
    if (repository == null && !aliased.matches()) {
      return Optional.empty();
    }
    var helm = known(session.environment());
    if (repository == null) {
      return helm.url(aliased.group(1)).map(url -> new WebCharts(url, aliased.group(2), helm));
    }
    var url = url(helm);
    return url.startsWith("oci://")
        ? Optional.empty()
        : Optional.of(new WebCharts(url, chart, helm));
  }

  /**
   * The reference of a chart that isn't on the web: below the option's repository, if it is one.
   */
  String reference(String chart, CommandContext session) throws IOException {
    if (repository == null) {
      return chart;
    }
    var url = url(known(session.environment()));
    return url.replaceFirst("/+$", "") + "/" + chart;
  }

  /**
   * The repositories that Helm knows.
   *
   * @throws InvalidInputException if its file is malformed
   */
  static HelmRepositories known(Environment environment) throws IOException {
    var folder =
        environment
            .path("HELM_CONFIG_HOME")
            .or(() -> environment.path("XDG_CONFIG_HOME").map(home -> home.resolve("helm")))
            .orElseGet(() -> environment.home().resolve(".config/helm"));
    var file =
        environment
            .path("HELM_REPOSITORY_CONFIG")
            .orElseGet(() -> folder.resolve("repositories.yaml"));
    try {
      return HelmRepositories.read(file);
    } catch (InvalidYamlException e) {
      throw InvalidInputException.of(e, null);
    }
  }

  boolean given() {
    return repository != null;
  }

  private String url(HelmRepositories helm) {
    var named = String.valueOf(repository);
    return helm.url(named.replaceFirst("^(?:@|alias:)", "")).orElse(named);
  }
}
