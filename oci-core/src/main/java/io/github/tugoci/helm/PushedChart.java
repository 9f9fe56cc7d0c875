package io.github.tugoci.helm;

import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.model.Descriptor;

/**
 * The result of pushing a chart.
 *
 * @param metadata the metadata of its Chart.yaml
 * @param tag its tag there
 * @param transferred what was transferred
 */
public record PushedChart(ChartMetadata metadata, String tag, CopyResult transferred) {
  /** The manifest. */
  public Descriptor manifest() {
    return transferred.root();
  }
}
