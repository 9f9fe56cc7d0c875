package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** What is in charts/. */
final class SubchartCases {
  private SubchartCases() {}

  static List<ChartCase> all() {
    return List.of(
        chart(
            "several subcharts that nobody asked for",
            source ->
                source
                    .subchart("charts/db", "db", sub -> sub.files("templates/a.yaml"))
                    .subchart("charts/web", "web", sub -> sub.files("README.md"))
                    .subchart("charts/a-b", "a-b", sub -> {})),
        chart(
            "subcharts two deep",
            source ->
                source.subchart(
                    "charts/db",
                    "db",
                    sub ->
                        sub.files("zzz")
                            .subchart("charts/disk", "disk", deep -> deep.files("templates/x"))
                            .subchart("charts/net", "net", deep -> {}))),
        chart(
            "a directory named otherwise than its chart",
            source -> source.subchart("charts/folder", "chart", sub -> sub.files("a"))),
        chart(
            "a subchart in an archive",
            source ->
                source.archive(
                    "charts/db-0.1.0.tgz",
                    "db",
                    sub -> sub.files("templates/z", "templates/b", "a/b").directory("empty"))),
        chart(
            "an archive in a directory's charts",
            source ->
                source.subchart(
                    "charts/web",
                    "web",
                    sub -> sub.archive("charts/any.tgz", "db", deep -> deep.files("x")))),
        chart(
            "an archive with subcharts",
            source ->
                source.archive(
                    "charts/db.tgz",
                    "db",
                    sub -> sub.subchart("charts/disk", "disk", deep -> deep.files("y")))),
        chart(
            "an archive with hidden and ignored files",
            source ->
                source.archive(
                    "charts/db.tgz",
                    "db",
                    sub -> sub.file(".helmignore", "a\n").files("a", "templates/.hidden"))),
        chart(
            "directories that begin with _ or .",
            source ->
                source
                    .subchart("charts/_off", "off", sub -> {})
                    .subchart("charts/.off", "off", sub -> {})
                    .files("charts/_junk/a", "charts/.git/config")),
        chart(
            "files that begin with _ or .",
            source -> source.files("charts/_a.txt", "charts/.gitkeep", "charts/_b.tgz")),
        chart(
            "provenance beside an archive",
            source ->
                source
                    .archive("charts/db-0.1.0.tgz", "db", sub -> {})
                    .files("charts/db-0.1.0.tgz.prov", "charts/.a.prov", "charts/_a.prov")),
        chart(
            "provenance in a subchart",
            source -> source.subchart("charts/db", "db", sub -> sub.files("a.prov", "b/c.prov"))),
        chart(
            "a subchart of v1",
            source ->
                source.subchart(
                    "charts/db",
                    "db",
                    sub ->
                        sub.chartYaml("name: db\nversion: 1\nappVersion: 010\n")
                            .file(
                                "requirements.yaml", "dependencies:\n- {name: no, version: 1}\n"))),
        chart(
            "a subchart with a lock, a mark and comments",
            source ->
                source.subchart(
                    "charts/db",
                    "db",
                    sub ->
                        sub.chartYaml("\ufeff# c\n" + ChartSource.named("db") + "home: 1.50\n")
                            .file("Chart.lock", "# c\ndigest: a\n")
                            .file("values.schema.json", "{}"))),
        chart(
            "a subchart that misses its own dependency",
            source ->
                source.subchart(
                    "charts/db",
                    "db",
                    sub ->
                        sub.chartYaml(
                            ChartSource.named("db")
                                + "dependencies:\n- {name: gone, version: 1}\n"))),
        chart(
            "a dependency under an alias",
            source ->
                source
                    .metadata("dependencies:\n- {name: db, alias: store, version: 1}\n")
                    .subchart("charts/db", "db", sub -> {})),
        chart(
            "charts elsewhere are files",
            source -> source.subchart("files/charts/db", "db", sub -> sub.files("x"))),
        chart(
            "a link to a subchart",
            source ->
                source
                    .subchart("../shared", "shared", sub -> sub.files("templates/a"))
                    .link("charts/shared", "../../shared")));
  }
}
