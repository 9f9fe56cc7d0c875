package io.github.tugoci.helm;

/**
 * How a chart is pulled.
 *
 * @param untar whether it is unpacked, into a directory of the chart's name
 * @param provenance whether its provenance is pulled too, into a {@code .prov} file beside it
 * @param limits how large it may be
 */
public record ChartPullOptions(boolean untar, boolean provenance, ChartLimits limits) {
  /** The archive alone, within Helm's limits. */
  public static ChartPullOptions defaults() {
    return new ChartPullOptions(false, false, ChartLimits.HELM);
  }

  /** The same, unpacked or not. */
  public ChartPullOptions withUntar(boolean unpack) {
    return new ChartPullOptions(unpack, provenance, limits);
  }

  /** The same, with the provenance or without. */
  public ChartPullOptions withProvenance(boolean too) {
    return new ChartPullOptions(untar, too, limits);
  }

  /** The same with other limits. */
  public ChartPullOptions withLimits(ChartLimits most) {
    return new ChartPullOptions(untar, provenance, most);
  }
}
