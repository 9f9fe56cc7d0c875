package io.github.tugoci.helm;

import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Options of pulling a chart.
 *
 * @param untar whether it is unpacked, into a directory of the chart's name
 * @param provenance whether its provenance is pulled too, into a {@code .prov} file beside it;
 *     always, if there is a check
 * @param check verifies the provenance; null for no verification
 * @param limits the largest chart, unpacked
 */
public record ChartPullOptions(
    boolean untar, boolean provenance, @Nullable Check check, ChartLimits limits) {

  /** A check needs the provenance. */
  public ChartPullOptions {
    provenance |= check != null;
  }

  /** Verifies a chart's archive against its provenance before either is stored. */
  @FunctionalInterface
  public interface Check {
    /**
     * Verifies an archive.
     *
     * @param name the file's name: {@code NAME-VERSION.tgz}
     * @param archive the archive's temporary file
     * @param provenance the {@code .prov} file that belongs to it
     * @throws IOException if the verification fails; the pull fails with it
     */
    void check(String name, Path archive, Bytes provenance) throws IOException;
  }

  /** The archive alone, within Helm's limits. */
  public static ChartPullOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    return builder().untar(untar).provenance(provenance).check(check).limits(limits);
  }

  /** Builds options. */
  public static final class Builder {
    private boolean untar;
    private boolean provenance;
    private @Nullable Check check;
    private ChartLimits limits = ChartLimits.HELM;

    private Builder() {}

    /** Unpacks the chart, or keeps the archive. */
    public Builder untar(boolean unpack) {
      untar = unpack;
      return this;
    }

    /** Pulls the provenance too, or the chart alone. */
    public Builder provenance(boolean too) {
      provenance = too;
      return this;
    }

    /** Pulls the provenance too and verifies the archive by it; null verifies nothing. */
    public Builder check(@Nullable Check verification) {
      check = verification;
      return this;
    }

    /** Limits the chart's size. */
    public Builder limits(ChartLimits most) {
      limits = most;
      return this;
    }

    /** The options. */
    public ChartPullOptions build() {
      return new ChartPullOptions(untar, provenance, check, limits);
    }
  }
}
