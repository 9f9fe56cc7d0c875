package io.github.tugoci.helm;

import io.github.tugoci.model.Descriptor;
import java.nio.file.Path;

/**
 * The result of pulling a chart.
 *
 * @param path the archive, or the directory if it was unpacked
 * @param metadata the metadata of its Chart.yaml
 * @param manifest its manifest in the store
 * @param layer its archive in the store
 */
public record PulledChart(
    Path path, ChartMetadata metadata, Descriptor manifest, Descriptor layer) {}
