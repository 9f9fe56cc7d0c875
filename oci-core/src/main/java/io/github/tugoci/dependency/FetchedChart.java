package io.github.tugoci.dependency;

import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.reference.Digest;

/**
 * The result of fetching a chart.
 *
 * @param reference where it came from
 * @param archive its package; its path is a directory if it was unpacked
 * @param digest its manifest's digest in a registry, else its package's
 */
public record FetchedChart(String reference, ChartArchive archive, Digest digest) {}
