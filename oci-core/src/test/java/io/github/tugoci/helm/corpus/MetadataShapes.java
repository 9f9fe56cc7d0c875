package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.Shape.Verdict.FAILED;
import static io.github.tugoci.helm.corpus.Shape.Verdict.FINE;
import static io.github.tugoci.helm.corpus.Shape.Verdict.WARNED;

import io.github.tugoci.helm.corpus.Shape.Verdict;
import java.util.List;

/** What public charts write into Chart.yaml. */
final class MetadataShapes {
  private static final String DEPENDENCY = "dependencies:\n- {name: db, version: %s}\n";

  private MetadataShapes() {}

  static List<Shape> all() {
    return List.of(
        more("a template engine, as Helm 2 had it", FINE, WARNED, "engine: gotpl\n"),
        more("a version of Tiller", FINE, WARNED, "tillerVersion: \">=2.14.0\"\n"),
        more("a field of one's own", FINE, WARNED, "x-team: platform\n"),
        more(
            "a maintainer's field of one's own",
            FINE,
            WARNED,
            "maintainers: [{name: a, slack: b}]\n"),
        more(
            "a misspelt field in another case",
            FINE,
            FINE,
            "AppVersion: '1'\nKubeVersion: '>=1.2'\n"),
        more("a key twice", FINE, WARNED, "icon: https://a.org/a\nicon: https://a.org/b\n"),
        more("an annotation twice", FINE, WARNED, "annotations: {a: b, a: c}\n"),
        more("a merge of a map", FINE, WARNED, "x: &x {home: https://a.org}\n<<: *x\n"),
        more("a number as appVersion", FAILED, FAILED, "appVersion: 1.10\n"),
        more("no appVersion", FAILED, FAILED, "appVersion:\n"),
        more(
            "a changelog as an annotation",
            FINE,
            FINE,
            """
            annotations:
              artifacthub.io/changes: |
                - kind: added
                  description: a
              artifacthub.io/license: MIT
            """),
        more("a number as an annotation", FINE, FINE, "annotations: {revision: 5, stable: true}\n"),
        more("an icon in the file", FINE, FINE, "icon: data:image/svg+xml;base64,PHN2Zy8+\n"),
        more("an icon in the chart", FAILED, FAILED, "icon: ./icon.png\n"),
        more("an icon with a space", FINE, FINE, "icon: https://a.org/a b.png\n"),
        more("an icon of a host with a space", FAILED, FAILED, "icon: https://a org/b.png\n"),
        more("a source over SSH", FAILED, FAILED, "sources: ['git@a.org:b/c.git']\n"),
        more(
            "a source with another scheme",
            FINE,
            FINE,
            "sources: ['git+ssh://a.org/b', 'oci://a.org/b']\n"),
        more("a maintainer without a name", FAILED, FAILED, "maintainers: [{email: a@b.org}]\n"),
        more(
            "a maintainer's mail with a tag",
            FINE,
            FINE,
            "maintainers: [{name: a, email: a+b@c.d.org}]\n"),
        more(
            "a maintainer's mail that is none",
            FAILED,
            FAILED,
            "maintainers: [{name: a, email: a at b.org}]\n"),
        more(
            "a maintainer's site without a scheme",
            FINE,
            FINE,
            "maintainers: [{name: a, url: b.org/a}]\n"),
        more(
            "a maintainer's name as his site",
            FAILED,
            FAILED,
            "maintainers: [{name: a, url: anna}]\n"),
        more("a library", FINE, FINE, "type: library\n"),
        more("what isn't a type", FAILED, FAILED, "type: plugin\n"),
        version("a v before the version", FINE, WARNED, "v1.2.3"),
        version("two numbers", FINE, WARNED, "'1.2'"),
        version("one number", FINE, WARNED, "'1'"),
        version("a number that isn't a text", FAILED, FAILED, "1.2"),
        version("a zero in front", FINE, WARNED, "01.2.3"),
        version("a date", FINE, FINE, "2024.1.31"),
        version("a date with zeros", FINE, WARNED, "2024.01.31"),
        version("a prerelease and a build", FINE, FINE, "1.2.3-rc.1+build.5"),
        version("a prerelease with a zero in front", FAILED, FAILED, "1.2.3-01"),
        version("an underscore", FAILED, FAILED, "1.2.3-a_b"),
        version("four numbers", FAILED, FAILED, "1.2.3.4"),
        version("a large number", FINE, FINE, "20240131120000.0.18446744073709551615"),
        version("a branch", FAILED, FAILED, "main"),
        version("zeros alone", FAILED, FAILED, "0.0.0-0"),
        api("apiVersion v1", FINE, FINE, "apiVersion: v1\n"),
        api("apiVersion v1 with a type", FAILED, FAILED, "apiVersion: v1\ntype: application\n"),
        api("apiVersion v3", FAILED, FAILED, "apiVersion: v3\n"),
        api("an apiVersion of nobody", FAILED, FAILED, "apiVersion: v2beta1\n"),
        api("no apiVersion", FAILED, FAILED, ""),
        more("a dependency that is missing", WARNED, WARNED, DEPENDENCY.formatted("1.x.x")),
        Shape.shape(
            "a dependency by its alias",
            FINE,
            FINE,
            chart ->
                chart
                    .metadata(
                        """
                        dependencies:
                        - {name: db, version: 0.x.x, alias: store, condition: store.on}
                        """)
                    .subchart("charts/db", "db", sub -> sub.metadata("name: db\n"))),
        Shape.shape(
            "a subchart that no dependency names",
            FAILED,
            FAILED,
            chart -> chart.subchart("charts/db", "db", sub -> {})),
        Shape.shape(
            "a subchart with fields that nobody knows",
            FINE,
            FINE,
            chart ->
                chart
                    .metadata(DEPENDENCY.formatted("0.1.0"))
                    .subchart(
                        "charts/db",
                        "db",
                        sub -> sub.chartYaml(ChartSource.named("db") + "engine: gotpl\n"))),
        Shape.shape(
            "dependencies of Helm 2",
            FINE,
            FINE,
            chart ->
                chart
                    .chartYaml("apiVersion: v1\nname: sample\nversion: 1.2.3\n")
                    .file("requirements.yaml", DEPENDENCY.formatted("0.1.0"))
                    .subchart("charts/db", "db", sub -> {})));
  }

  private static Shape more(String name, Verdict helm3, Verdict helm4, String lines) {
    return Shape.shape(name, helm3, helm4, chart -> chart.metadata(lines));
  }

  private static Shape version(String name, Verdict helm3, Verdict helm4, String version) {
    return Shape.shape(
        name,
        helm3,
        helm4,
        chart -> chart.chartYaml("apiVersion: v2\nname: sample\nversion: " + version + "\n"));
  }

  private static Shape api(String name, Verdict helm3, Verdict helm4, String lines) {
    return Shape.shape(
        name, helm3, helm4, chart -> chart.chartYaml(lines + "name: sample\nversion: 1.2.3\n"));
  }
}
