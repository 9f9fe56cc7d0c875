package io.github.tugoci.helm.corpus;

import java.util.function.Consumer;

/**
 * A chart that Helm refuses.
 *
 * @param name what is wrong with it
 * @param helmSays a part of Helm's message, so that it isn't refused for another reason
 * @param weSay a part of our message
 * @param source writes what the chart has besides a plain Chart.yaml and a values.yaml
 */
record RefusedCase(String name, String helmSays, String weSay, Consumer<ChartSource> source) {
  static RefusedCase refused(
      String name, String helmSays, String weSay, Consumer<ChartSource> source) {
    return new RefusedCase(name, helmSays, weSay, source);
  }

  @Override
  public String toString() {
    return name;
  }
}
