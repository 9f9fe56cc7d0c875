package io.github.tugoci.helm;

import io.github.tugoci.model.Descriptor;
import java.nio.file.Path;

/**
 * A chart that came from a store.
 *
 * @param path the archive, or the directory if it was unpacked
 * @param metadata what its Chart.yaml says
 * @param manifest its manifest in the store
 * @param layer its archive in the store
 */
public record PulledChart(
    Path path, ChartMetadata metadata, Descriptor manifest, Descriptor layer) {}
