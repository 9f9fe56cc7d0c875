package io.github.tugoci.helm.corpus;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A chart that Helm accepts.
 *
 * @param name what it tells apart
 * @param helms those that do, by their programs' names
 * @param source writes what the chart has besides a plain Chart.yaml and a values.yaml
 */
record ChartCase(String name, List<String> helms, Consumer<ChartSource> source) {
  static ChartCase chart(String name, Consumer<ChartSource> source) {
    return new ChartCase(name, List.of("helm3", "helm4"), source);
  }

  /** A chart that Helm 4 doesn't take any more. */
  static ChartCase ofHelm3(String name, Consumer<ChartSource> source) {
    return new ChartCase(name, List.of("helm3"), source);
  }

  static List<ChartCase> all() {
    return Stream.of(
            MetadataCases.all(),
            TextCases.all(),
            ScalarCases.all(),
            WritingCases.all(),
            IgnoreCases.all(),
            FileCases.all(),
            SubchartCases.all(),
            SyntaxCases.all())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
