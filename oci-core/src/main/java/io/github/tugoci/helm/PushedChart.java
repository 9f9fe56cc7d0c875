package io.github.tugoci.helm;

import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.model.Descriptor;

/**
 * A chart at its target.
 *
 * @param metadata what its Chart.yaml says
 * @param tag its tag there
 * @param transferred what had to move
 */
public record PushedChart(ChartMetadata metadata, String tag, CopyResult transferred) {
  /** Its manifest. */
  public Descriptor manifest() {
    return transferred.root();
  }
}
