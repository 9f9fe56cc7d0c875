package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.stream.Stream;

/** Charts that Helm doesn't package. */
final class Refused {
  private Refused() {}

  static Stream<ChartCase> charts() {
    return Stream.of(
        chart("no Chart.yaml").without("Chart.yaml"),
        chart("an empty Chart.yaml").with("Chart.yaml", ""),
        chart("no name").with("Chart.yaml", "apiVersion: v2\nversion: 1.0.0\n"),
        chart("no version").with("Chart.yaml", "apiVersion: v2\nname: a\n"),
        chart("no version's form").with("Chart.yaml", "apiVersion: v2\nname: a\nversion: a.b\n"),
        chart("a path as name").with("Chart.yaml", "apiVersion: v2\nname: ../a\nversion: 1.0.0\n"),
        chart("dots as name").with("Chart.yaml", "apiVersion: v2\nname: ..\nversion: 1.0.0\n"),
        chart("an unknown type").metadata("type: other\n"),
        chart("broken YAML").with("Chart.yaml", "apiVersion: [\n"),
        chart("a list as Chart.yaml").with("Chart.yaml", "- a\n"),
        chart("a map as description").metadata("description: {a: b}\n"),
        chart("null as maintainer").metadata("maintainers: [~]\n"),
        chart("null as dependency").metadata("dependencies: [~]\n"),
        chart("a broken alias")
            .metadata("dependencies: [{name: s, version: 1, repository: '', alias: 'a b'}]\n"),
        chart("two dependencies of one name")
            .metadata(
                "dependencies: [{name: s, version: 1, repository: ''},"
                    + " {name: s, version: 2, repository: ''}]\n"),
        chart("a missing dependency")
            .metadata("dependencies: [{name: s, version: 1, repository: ''}]\n"),
        chart("a broken schema").with("values.schema.json", "{"),
        chart("broken values").with("values.yaml", "a: [\n"),
        chart("a list as values").with("values.yaml", "- a\n"),
        chart("a stray file in charts").with("charts/stray.txt", "x"),
        chart("a broken subchart").with("charts/s/Chart.yaml", "name: s\n"),
        chart("a Chart.yaml that is ignored").with(".helmignore", "!*.txt\n").with("a.txt", "x"),
        chart("two asterisks ignored").with(".helmignore", "a/**/b\n"),
        chart("a link to nowhere").link("templates/x", "nowhere"));
  }
}
