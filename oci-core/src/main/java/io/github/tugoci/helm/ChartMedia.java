package io.github.tugoci.helm;

import io.github.tugoci.model.MediaType;

/** The media types of charts in registries. */
public final class ChartMedia {
  /** A chart's configuration: its metadata as JSON. */
  public static final MediaType CONFIG =
      MediaType.parse("application/vnd.cncf.helm.config.v1+json");

  /** A chart's archive. */
  public static final MediaType CONTENT =
      MediaType.parse("application/vnd.cncf.helm.chart.content.v1.tar+gzip");

  /** A chart's archive, as charts of Helm's experimental days have it. */
  public static final MediaType OLD_CONTENT = MediaType.parse("application/tar+gzip");

  /** A chart's provenance: a signed text. */
  public static final MediaType PROVENANCE =
      MediaType.parse("application/vnd.cncf.helm.chart.provenance.v1.prov");

  private ChartMedia() {}
}
