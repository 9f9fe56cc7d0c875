package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.chart.ChartShow.Part;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** As Helm shows it: the parts one after the other, all of them with lines between. */
record ShownChart(Chart chart, Part part) {
  List<String> text() {
    var texts = new ArrayList<String>();
    if (shows(Part.CHART)) {
      texts.add(text(chart.metadata().toYaml()));
    }
    if (shows(Part.VALUES)) {
      chart.file("values.yaml").ifPresent(values -> add(texts, text(values)));
    }
    if (shows(Part.README)) {
      chart.readme().ifPresent(readme -> add(texts, text(readme)));
    }
    if (shows(Part.CRDS)) {
      var crds = chart.crds().values().stream().map(ShownChart::text).toList();
      if (!crds.isEmpty() && part == Part.ALL && !crds.get(0).startsWith("---")) {
        texts.add("---");
      }
      texts.addAll(crds);
    }
    // Line by line, as what is printed in a line can hold none that others made.
    return texts.stream().flatMap(text -> Stream.of(text.split("\r?\n", -1))).toList();
  }

  private boolean shows(Part wanted) {
    return part == wanted || part == Part.ALL;
  }

  private void add(List<String> texts, String text) {
    if (part == Part.ALL) {
      texts.add("---");
    }
    texts.add(text);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), StandardCharsets.UTF_8);
  }

  Map<String, ?> json() {
    if (part == Part.CHART) {
      return chart.metadata().asMap();
    }
    var json = new LinkedHashMap<String, Object>();
    if (shows(Part.CHART)) {
      json.put("chart", chart.metadata().asMap());
    }
    if (shows(Part.VALUES)) {
      json.put("values", chart.file("values.yaml").map(ShownChart::text).orElse(""));
    }
    if (shows(Part.README)) {
      json.put("readme", chart.readme().map(ShownChart::text).orElse(""));
    }
    if (shows(Part.CRDS)) {
      var crds = new LinkedHashMap<String, String>();
      chart.crds().forEach((path, crd) -> crds.put(path, text(crd)));
      json.put("crds", crds);
    }
    return json;
  }
}
