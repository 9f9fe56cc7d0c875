package io.github.tugoci.helm;

import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a chart is pulled.
 *
 * @param untar whether it is unpacked, into a directory of the chart's name
 * @param provenance whether its provenance is pulled too, into a {@code .prov} file beside it
 * @param check says whether the provenance is to be believed, or null
 * @param limits how large it may be
 */
public record ChartPullOptions(
    boolean untar, boolean provenance, @Nullable Check check, ChartLimits limits) {
  /** Says whether a chart is what its provenance speaks of, before anything of it is kept. */
  @FunctionalInterface
  public interface Check {
    /**
     * Fails if it isn't.
     *
     * @param name the file's name: {@code NAME-VERSION.tgz}
     * @param archive where it is for now
     * @param provenance the {@code .prov} file that belongs to it
     */
    void check(String name, Path archive, Bytes provenance) throws IOException;
  }

  /** The archive alone, within Helm's limits. */
  public static ChartPullOptions defaults() {
    return new ChartPullOptions(false, false, null, ChartLimits.HELM);
  }

  /** The same, unpacked or not. */
  public ChartPullOptions withUntar(boolean unpack) {
    return new ChartPullOptions(unpack, provenance, check, limits);
  }

  /** The same, with the provenance or without. */
  public ChartPullOptions withProvenance(boolean too) {
    return new ChartPullOptions(untar, too, check, limits);
  }

  /** The same, with the provenance, which must pass a check. */
  public ChartPullOptions withCheck(Check provenanceCheck) {
    return new ChartPullOptions(untar, true, provenanceCheck, limits);
  }

  /** The same with other limits. */
  public ChartPullOptions withLimits(ChartLimits most) {
    return new ChartPullOptions(untar, provenance, check, most);
  }
}
