package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.stream.Stream;

/** Charts that Helm packages. */
final class Accepted {
  private static final String SUBCHART = "apiVersion: v2\nname: %s\nversion: 0.1.0\n";

  private Accepted() {}

  static Stream<ChartCase> charts() {
    return Stream.of(metadata(), yaml(), files(), ignored(), subcharts()).flatMap(cases -> cases);
  }

  private static Stream<ChartCase> metadata() {
    return Stream.of(
        chart("the least"),
        chart("all fields")
            .metadata(
                """
                description: Of everything
                home: https://example.com
                icon: https://e.com/i.png
                appVersion: v7
                kubeVersion: '>=1.20.0-0'
                type: library
                deprecated: true
                condition: a.b
                tags: x,y
                keywords: [b, a]
                sources: [https://e.com/s]
                maintainers: [{name: A, email: a@e.com, url: https://e.com}, {name: B}]
                annotations: {z/1: 'true', a/2: '1', Z: x, alpha10: a, alpha2: b}
                """),
        chart("unknown fields").metadata("unknown: x\nother: {a: b}\n# a comment\n"),
        chart("loose version").with("Chart.yaml", "apiVersion: v2\nname: sample\nversion: v1.2\n"),
        chart("a version's number").with("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.10\n"),
        chart("build metadata").with("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0+b.1\n"),
        chart("a prerelease").with("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0-rc.1\n"),
        chart("another apiVersion").with("Chart.yaml", "apiVersion: v9\nname: a\nversion: 1.0.0\n"),
        chart("no apiVersion").with("Chart.yaml", "name: a\nversion: 1.0.0\n"),
        chart("a name in upper case")
            .with("Chart.yaml", "apiVersion: v2\nname: A_b.c\nversion: 1\n"),
        chart("tabs and line breaks in texts")
            .metadata("description: \"a\\tb\\nc\\u200bd\\u00a0e\"\n"),
        chart("names in other cases").metadata("AppVersion: 1.0\nDESCRIPTION: x\n"),
        chart("a lock")
            .metadata("dependencies: [{name: s, version: 0.1.0, repository: ''}]\n")
            .with("charts/s/Chart.yaml", SUBCHART.formatted("s"))
            .with(
                "Chart.lock",
                """
                dependencies:
                - name: s
                  repository: ''
                  version: 0.1.0
                digest: sha256:00
                generated: "2024-01-02T03:04:05.678901234+01:00"
                """),
        chart("version 1 with requirements")
            .with("Chart.yaml", "apiVersion: v1\nname: sample\nversion: 1.0.0\n")
            .with("requirements.yaml", "dependencies:\n- {name: s, version: 1, repository: ''}\n")
            .with("requirements.lock", "digest: x\ngenerated: 2024-01-02T03:04:05Z\n")
            .with("charts/s/Chart.yaml", SUBCHART.formatted("s")));
  }

  private static Stream<ChartCase> yaml() {
    return Stream.of(
        chart("octal and hexadecimal").metadata("appVersion: 012\n"),
        chart("hexadecimal").metadata("appVersion: 0x1F\n"),
        chart("a float").metadata("appVersion: 1.50\n"),
        chart("a large number").metadata("appVersion: 12345678901234567890\n"),
        chart("an exponent").metadata("appVersion: 1e3\n"),
        chart("a date").metadata("appVersion: 2024-01-02\n"),
        chart("yes").metadata("description: yes\n"),
        chart("null").metadata("description: ~\nappVersion: null\n"),
        chart("texts that need quotes")
            .metadata(
                "annotations: {a: 'true', b: '1', c: 'null', d: '~', e: ': x', f: '- y', g: ' z ',"
                    + " h: '', i: '# k', j: '1.5', k: '0x1', l: \"it's\", m: '\"', n: '@x', o: '%'}\n"),
        chart("more texts that need quotes")
            .metadata(
                "annotations: {a: 'yes', b: 'No', c: 'on', d: '2024-01-02', e: '1_000', f: '.5',"
                    + " g: '1e3', h: '*a', i: '&a', j: '!a', k: '|', l: '>', m: 'a: b', n: 'a #b'}\n"),
        chart("several lines")
            .metadata("annotations:\n  a: |\n    one\n    two\n  b: |-\n    x\n    y\n"),
        chart("folded lines").metadata("description: >\n  one\n  two\n\n  three\n"),
        chart("a long line").metadata("description: " + "many words in a line ".repeat(12) + "\n"),
        chart("a long word").metadata("description: " + "word".repeat(40) + "\n"),
        chart("other alphabets").metadata("description: 'Grüße 日本語 🚀 ∑'\n"),
        chart("anchors").metadata("description: &a text\nhome: *a\n"),
        chart("merged keys").metadata("annotations: {<<: {a: b, c: d}, a: z}\n"),
        chart("two equal keys").metadata("description: one\ndescription: two\n"),
        chart("line ends of Windows")
            .with("Chart.yaml", "apiVersion: v2\r\nname: sample\r\nversion: 1.0.0\r\n")
            .with("templates/a.yaml", "a: b\r\n"),
        chart("import-values")
            .metadata(
                "dependencies: [{name: s, version: '>=0', repository: '', condition: s.on, alias: t,"
                    + " tags: [b, a], import-values: [data, {child: a, parent: b}]}]\n")
            .with("charts/s/Chart.yaml", SUBCHART.formatted("s")));
  }

  private static Stream<ChartCase> files() {
    return Stream.of(
        chart("byte order marks")
            .with("Chart.yaml", "\ufeffapiVersion: v2\nname: sample\nversion: 1.0.0\n")
            .with("values.yaml", "\ufeffa: 1\n")
            .with("templates/a.yaml", "\ufeffb: 1\n"),
        chart("no values and no templates").without("values.yaml").without("templates/a.yaml"),
        chart("empty files").with("values.yaml", "").with("templates/a.yaml", "").with("x", ""),
        chart("README, LICENSE, CRDs and a schema")
            .with("README.md", "# x\n")
            .with("LICENSE", "mine\n")
            .with("crds/a.yaml", "kind: CustomResourceDefinition\n")
            .with("values.schema.json", "{\"type\": \"object\"}\n"),
        chart("order of names")
            .with("templates/Z.yaml", "")
            .with("templates/a-b.yaml", "")
            .with("templates/a/b.yaml", "")
            .with("templates/a.b/c.yaml", "")
            .with("templates/_helpers.tpl", "")
            .with("templates/tests/t.yaml", ""),
        chart("names in other alphabets").with("files/Grüße.txt", "x").with("files/日本.txt", "y"),
        chart("a long path").with("files/" + "directory/".repeat(14) + "file.txt", "x"),
        chart("a very long path").with("files/" + "a-longer-directory/".repeat(16) + "f.txt", "x"),
        chart("a long name").with("files/" + "n".repeat(180) + ".txt", "x"),
        chart("a link to a file").with("real.txt", "x").link("templates/link.txt", "../real.txt"),
        chart("a link to a directory").with("real/a.txt", "x").link("files", "real"),
        chart("hidden files").with(".hidden", "x").with("files/.hidden", "x"));
  }

  private static Stream<ChartCase> ignored() {
    return Stream.of(
        ignoring("a pattern", "*.bak\n", "a.bak", "templates/b.bak", "bak"),
        ignoring("comments and spaces", "# x\n\n  *.bak  \n", "a.bak", "b.txt", "# x"),
        ignoring("a leading slash", "/a.txt\n", "a.txt", "files/a.txt"),
        ignoring("an inner slash", "files/*.txt\n", "files/a.txt", "files/x/b.txt", "a.txt"),
        ignoring("a directory", "files/\n", "files/a.txt", "x/files/b.txt", "y/files"),
        ignoring("a class", "[a-c].txt\n", "a.txt", "d.txt", "B.txt"),
        ignoring("a question mark", "?.txt\n", "a.txt", "ab.txt"),
        ignoring("an escape", "\\*.txt\n", "a.txt", "*.txt"),
        ignoring("the default rule", "", "templates/.hidden", "templates/x/.hidden", ".hidden"),
        ignoring("a whole directory of charts", "charts/\n", "charts/s/Chart.yaml"));
  }

  private static ChartCase ignoring(String name, String rules, String... files) {
    var chart = chart("ignored: " + name).with(".helmignore", rules);
    for (var file : files) {
      chart.with(file, "x");
    }
    return chart;
  }

  private static Stream<ChartCase> subcharts() {
    return Stream.of(
        chart("a subchart in a directory")
            .with("charts/s/Chart.yaml", SUBCHART.formatted("s"))
            .with("charts/s/values.yaml", "x: 1\n")
            .with("charts/s/templates/t.yaml", ""),
        chart("a subchart in a directory of another name")
            .with("charts/other/Chart.yaml", SUBCHART.formatted("s")),
        chart("a subchart in an archive").archive("charts/s-1.tgz", chart("s")),
        chart("subcharts in subcharts")
            .with("charts/s/Chart.yaml", SUBCHART.formatted("s"))
            .with("charts/s/charts/t/Chart.yaml", SUBCHART.formatted("t"))
            .with("charts/s/charts/t/values.yaml", "x: 1\n"),
        chart("what is no subchart")
            .with("charts/_ignored", "x")
            .with("charts/.ignored", "x")
            .with("charts/s-1.tgz.prov", "x"));
  }
}
