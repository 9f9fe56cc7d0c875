package io.github.tugoci.helm;

import io.github.tugoci.copy.CopyOptions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Options of pushing a chart.
 *
 * @param created the manifest's annotation {@code org.opencontainers.image.created}. Helm writes
 *     the archive's time of change, in the zone of the machine: with that, the manifest is Helm's
 * @param annotations more annotations of the manifest, over those of Chart.yaml; the title and the
 *     version stay the chart's
 * @param copy how the content is copied to the target
 */
public record ChartPushOptions(
    OffsetDateTime created, Map<String, String> annotations, CopyOptions copy) {

  /** Copies the annotations. */
  public ChartPushOptions {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** A fixed time and no annotations: the same archive gives the same manifest everywhere. */
  public static ChartPushOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    return builder().created(created).annotations(annotations).copy(copy);
  }

  /** Builds options. */
  public static final class Builder {
    private OffsetDateTime created = ChartTimestamps.LONG_AGO.atOffset(ZoneOffset.UTC);
    private Map<String, String> annotations = Map.of();
    private CopyOptions copy = CopyOptions.defaults();

    private Builder() {}

    /** Sets the time of creation. */
    public Builder created(OffsetDateTime time) {
      created = time;
      return this;
    }

    /** Sets the annotations, in place of those that were set before. */
    public Builder annotations(Map<String, String> all) {
      annotations = all;
      return this;
    }

    /** Sets how the content is copied. */
    public Builder copy(CopyOptions options) {
      copy = options;
      return this;
    }

    /** The options. */
    public ChartPushOptions build() {
      return new ChartPushOptions(created, annotations, copy);
    }
  }
}
