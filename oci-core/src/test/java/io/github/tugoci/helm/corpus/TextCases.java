package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.ArrayList;
import java.util.List;

/** Texts with characters that Helm drops, folds or escapes on the way through JSON and YAML. */
final class TextCases {
  private static final List<String> ANNOTATIONS =
      List.of(
          "a \\N b",
          "a\\N\\N b",
          "\\Na",
          "a\\N",
          "a\\N\\L b",
          "a\\L\\Pb",
          "a\\L",
          "\\La",
          "x\\ny\\Lz",
          "x\\n\\Ny",
          "a\\L--- b",
          "a\\Lb: c",
          "it's\\Lb",
          "\\uFEFFa b",
          "a\\uFEFF b",
          "word ".repeat(20) + "\\N" + "word ".repeat(20),
          "word ".repeat(20) + "\\L" + "word ".repeat(20));

  private TextCases() {}

  static List<ChartCase> all() {
    var all = new ArrayList<ChartCase>();
    all.add(
        chart(
            "texts of which nothing is printable",
            source ->
                source.metadata(
                    """
                    description: "\\u200b"
                    home: "\\ufeff"
                    icon: "\\x01"
                    sources: ["\\u200b"]
                    keywords: ["\\u00ad", b]
                    maintainers: [{name: "\\u200b", email: "\\u0085"}, {name: b}]
                    """)));
    for (var text : ANNOTATIONS) {
      all.add(
          chart(
              "the annotation \"" + text + "\"",
              source -> source.metadata("annotations: {k: \"" + text + "\", l: m}\n")));
    }
    all.add(
        chart(
            "an annotation's name with a separator",
            source -> source.metadata("annotations: {\"a\\Lb\": c, \"\\uFEFFd\": e}\n")));
    return all;
  }
}
