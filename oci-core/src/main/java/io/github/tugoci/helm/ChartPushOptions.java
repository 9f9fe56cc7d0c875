package io.github.tugoci.helm;

import io.github.tugoci.copy.CopyOptions;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a chart is pushed.
 *
 * @param created what the annotation {@code org.opencontainers.image.created} says. Helm writes the
 *     archive's time of change, in the zone of the machine: with that, the manifest is Helm's
 * @param annotations more annotations of the manifest, over those of Chart.yaml; the title and the
 *     version stay the chart's
 * @param copy how the pieces go to the target
 */
public record ChartPushOptions(
    OffsetDateTime created, Map<String, String> annotations, CopyOptions copy) {

  /** Copies the annotations. */
  public ChartPushOptions {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** One time for all charts: the same archive gives the same manifest everywhere. */
  public static ChartPushOptions defaults() {
    return new ChartPushOptions(
        ChartTimestamps.LONG_AGO.atOffset(ZoneOffset.UTC), Map.of(), CopyOptions.defaults());
  }

  /** The same with another time. */
  public ChartPushOptions withCreated(OffsetDateTime time) {
    return new ChartPushOptions(time, annotations, copy);
  }

  /** The same with other annotations. */
  public ChartPushOptions withAnnotations(Map<String, String> more) {
    return new ChartPushOptions(created, more, copy);
  }

  /** The same with another way to the target. */
  public ChartPushOptions withCopy(CopyOptions options) {
    return new ChartPushOptions(created, annotations, options);
  }
}
