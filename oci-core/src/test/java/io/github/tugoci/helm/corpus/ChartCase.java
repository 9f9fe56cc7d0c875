package io.github.tugoci.helm.corpus;

import java.util.function.Consumer;

/**
 * A chart that Helm accepts.
 *
 * @param name what it tells apart
 * @param source writes what the chart has besides a plain Chart.yaml and a values.yaml
 */
record ChartCase(String name, Consumer<ChartSource> source) {
  static ChartCase chart(String name, Consumer<ChartSource> source) {
    return new ChartCase(name, source);
  }

  @Override
  public String toString() {
    return name;
  }
}
