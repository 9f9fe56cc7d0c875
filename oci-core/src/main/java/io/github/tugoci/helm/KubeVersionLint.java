package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lint rule on a chart's {@code kubeVersion} and a version of Kubernetes. */
public final class KubeVersionLint {
  private static final Pattern NUMBERS =
      Pattern.compile("\\s*v?([0-9]+\\.[0-9]+(?:\\.[0-9]+)?).*", Pattern.DOTALL);

  private KubeVersionLint() {}

  /**
   * The numbers of a version of Kubernetes, which may have more behind them: {@code
   * v1.33.4-gke.1245000}. Empty if the text isn't valid.
   */
  public static Optional<SemanticVersion> parse(String version) {
    var matcher = NUMBERS.matcher(version);
    return matcher.matches() ? SemanticVersion.parse(matcher.group(1)) : Optional.empty();
  }

  /**
   * Examines a directory or an archive. Helm's lint doesn't look at it, its install refuses the
   * chart. Of what can't be read as a chart nothing is said.
   *
   * @throws IOException if it can't be read at all
   */
  public static List<ChartFinding> lint(Path chart, ChartLimits limits, SemanticVersion kubernetes)
      throws IOException {
    ChartMetadata metadata;
    try {
      metadata = Chart.read(chart, limits).metadata();
    } catch (InvalidChartException e) {
      return List.of();
    }
    if (!(metadata.asMap().get("kubeVersion") instanceof String wanted)
        || VersionConstraint.parse(wanted)
            .filter(constraint -> constraint.allows(kubernetes))
            .isPresent()) {
      return List.of();
    }
    return List.of(
        new ChartFinding(
            Severity.INFO,
            ChartMetadata.FILE,
            "kubeVersion \"%s\" does not allow %s: helm install refuses the chart there"
                .formatted(wanted, kubernetes),
            Rules.TUG));
  }
}
