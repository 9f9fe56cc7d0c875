package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.RefusedCase.refused;

import java.util.List;

/** Charts that Helm doesn't package. */
final class RefusedCases {
  private RefusedCases() {}

  static List<RefusedCase> all() {
    return List.of(
        ignoring("a negation of a directory, which ignores all files", "!docs/"),
        ignoring("a negation of nothing", "!"),
        ignoring("a negation of the root", "!/"),
        metadata(
            "a character that Helm can't write",
            "control characters",
            "control characters",
            "annotations: {a: \"\\x7f\"}\n"),
        metadata(
            "a name with a line break among the annotations",
            "did not find expected",
            "control characters",
            "annotations: {\"a\\Nb\": c}\n"),
        metadata(
            "a surrogate pair",
            "invalid Unicode character escape code",
            "escaped surrogate",
            "description: \"\\ud83d\\ude00\"\n"),
        metadata(
            "half a surrogate pair in JSON",
            "invalid Unicode character escape code",
            "escaped surrogate",
            "annotations: {\"k\": \"x\\uDE00\"}\n"),
        metadata(
            "an escape beyond Unicode",
            "invalid Unicode character escape code",
            "invalid YAML",
            "description: \"\\UFFFFFFFF\"\n"),
        yaml(
            "a name of which nothing is printable",
            "chart.metadata.name",
            "name is missing",
            "apiVersion: v2\nname: \"\\u200b\"\nversion: 1.0.0\n"),
        yaml(
            "no name",
            "chart.metadata.name",
            "name is missing",
            "apiVersion: v2\nversion: 1.0.0\n"),
        yaml(
            "no version",
            "chart.metadata.version",
            "version is missing",
            "apiVersion: v2\nname: a\n"),
        yaml("an empty Chart.yaml", "chart.metadata", "is missing", ""),
        yaml(
            "a version that is none",
            "invalid",
            "version",
            "apiVersion: v2\nname: a\nversion: a.b\n"),
        yaml(
            "a version of four numbers",
            "invalid",
            "version",
            "apiVersion: v2\nname: a\nversion: 1.2.3.4\n"),
        yaml(
            "a name that is a path",
            "name",
            "is a path",
            "apiVersion: v2\nname: a/b\nversion: 1.0.0\n"),
        yaml(
            "a name that is two dots",
            "name",
            "is a path",
            "apiVersion: v2\nname: ..\nversion: 1.0.0\n"),
        metadata("an unknown type", "type", "type must be", "type: plugin\n"),
        metadata("a flag that is a text", "deprecated", "deprecated", "deprecated: 'true'\n"),
        metadata("a list that is a text", "keywords", "keywords", "keywords: one\n"),
        metadata("a text that is a list", "description", "description", "description: [a]\n"),
        metadata("no maintainer", "maintainers", "maintainers", "maintainers:\n-\n"),
        metadata("broken YAML", "yaml", "invalid YAML", "home: [a\n"),
        metadata("a tab as indentation", "yaml", "invalid YAML", "annotations:\n\ta: b\n"),
        metadata("a tab after a dash", "yaml", "invalid YAML", "keywords:\n-\ta\n"),
        metadata(
            "a tab at the end of indentation", "yaml", "invalid YAML", "annotations:\n  \ta: b\n"),
        metadata("an alias to nothing", "anchor", "invalid YAML", "home: *gone\n"),
        metadata(
            "a dependency that is missing",
            "missing in charts/",
            "missing in charts/",
            "dependencies:\n- {name: db, version: 1}\n"),
        metadata(
            "a bad alias",
            "alias",
            "alias",
            "dependencies:\n- {name: db, alias: a.b, version: 1}\n"),
        metadata(
            "two dependencies of one name",
            "more than one dependency",
            "two dependencies",
            "dependencies:\n- {name: db}\n- {name: db}\n"),
        metadata(
            "an alias that is a name",
            "more than one dependency",
            "two dependencies",
            "dependencies:\n- {name: db}\n- {name: a, alias: db}\n"),
        metadata("no dependency", "dependencies", "dependencies", "dependencies: [null]\n"),
        refused(
            "no Chart.yaml that is read",
            "Chart.yaml",
            "Chart.yaml",
            source -> source.file(".helmignore", "Chart.yaml\n")),
        refused(
            "a schema that isn't JSON",
            "nvalid JSON",
            "invalid JSON",
            source -> source.file("values.schema.json", "{a: 1}")),
        refused(
            "values that are a list",
            "values.yaml",
            "values.yaml",
            source -> source.file("values.yaml", "- a\n")),
        refused(
            "values that are broken",
            "values.yaml",
            "values.yaml",
            source -> source.file("values.yaml", "a: [\n")),
        refused(
            "a lock that is broken",
            "Chart.lock",
            "Chart.lock",
            source -> source.file("Chart.lock", "a: [\n")),
        refused(
            "a stray file in charts",
            "stray.txt",
            "stray.txt",
            source -> source.files("charts/stray.txt")),
        refused(
            "a directory in charts that is no chart",
            "junk",
            "junk",
            source -> source.files("charts/junk/a.txt")),
        refused(
            "an archive that is none", "db.tgz", "db.tgz", source -> source.files("charts/db.tgz")),
        refused(
            "a subchart without a version",
            "version",
            "version is missing",
            source -> source.subchart("charts/db", "db", sub -> sub.chartYaml("name: db\n"))),
        refused(
            "two stars",
            "double-star",
            "** is not supported by Helm",
            source -> source.file(".helmignore", "docs/**\n")),
        refused(
            "an open class",
            "syntax error",
            "malformed",
            source -> source.file(".helmignore", "x[\n")),
        refused(
            "a class of nothing",
            "syntax error",
            "malformed",
            source -> source.file(".helmignore", "[]a]\n")),
        refused(
            "an escape of nothing",
            "syntax error",
            "malformed",
            source -> source.file(".helmignore", "a\\\n")));
  }

  private static RefusedCase ignoring(String name, String line) {
    return refused(
        name,
        "Chart.yaml file is missing",
        "Chart.yaml is missing",
        source -> source.file(".helmignore", line + "\n"));
  }

  private static RefusedCase yaml(String name, String helmSays, String weSay, String chartYaml) {
    return refused(name, helmSays, weSay, source -> source.chartYaml(chartYaml));
  }

  private static RefusedCase metadata(String name, String helmSays, String weSay, String lines) {
    return refused(name, helmSays, weSay, source -> source.metadata(lines));
  }
}
