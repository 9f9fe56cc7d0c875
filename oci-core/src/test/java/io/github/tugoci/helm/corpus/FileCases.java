package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** Files: which, in which order, with which names and bytes. */
final class FileCases {
  private FileCases() {}

  static List<ChartCase> all() {
    return List.of(
        chart(
            "all kinds of files",
            source ->
                source
                    .files("README.md", "LICENSE", "templates/NOTES.txt", "templates/_helpers.tpl")
                    .files("crds/crd.yaml", "crds/sub/more.yaml", "files/config.ini", "ci/a.yaml")
                    .file("values.schema.json", "{\"type\": \"object\"}\n")),
        chart(
            "names are sorted by their bytes",
            source -> source.files("a/b", "a-b", "a.b", "a0", "A", "aB", "ab", "_", "~", "é", "z")),
        chart(
            "directories are walked before later files",
            source ->
                source.files("a.txt", "a/z", "a/b/c", "a/b.c", "a/b-c", "ab", "templates.txt")),
        chart(
            "names above and below the surrogates",
            source -> source.files("\uffee", "\ud83d\ude00", "templates/\ud83d\ude00.yaml")),
        chart(
            "names with spaces and signs", source -> source.files("a b", "a\"b", "a'b", "a\nb=c")),
        chart("names with a backslash", source -> source.files("a\\b")),
        chart("names of 99 to 102 bytes", FileCases::namesAroundTheNameField),
        chart(
            "a path that fits the prefix",
            source -> source.files("d".repeat(90) + "/" + "e".repeat(50) + "/" + "f".repeat(99))),
        chart(
            "a path with no place to split it",
            source -> source.files("d".repeat(40) + "/" + "f".repeat(120))),
        chart(
            "a path over 255 bytes",
            source -> source.files(("d".repeat(60) + "/").repeat(4) + "f".repeat(60))),
        chart("a file name of 255 bytes", source -> source.files("f".repeat(255))),
        chart(
            "a long name that is not ASCII",
            source -> source.files("ü".repeat(60) + "/" + "ä".repeat(60))),
        chart("names that are not ASCII", source -> source.files("größe.txt", "日本/語.yaml")),
        chart(
            "byte order marks",
            source ->
                source
                    .chartYaml("\ufeff" + ChartSource.named("sample"))
                    .file("values.yaml", "\ufeffa: 1\n")
                    .file("templates/a.yaml", "\ufeffa: 1\n")
                    .file("values.schema.json", "\ufeff{}")
                    .file("Chart.lock", "\ufeffdigest: a\n")
                    .file("twice.txt", "\ufeff\ufeffa")
                    .file("later.txt", "a\ufeff")
                    .file("alone.txt", "\ufeff")),
        chart(
            "line ends of Windows",
            source ->
                source
                    .chartYaml(ChartSource.named("sample").replace("\n", "\r\n") + "home: a\r\n")
                    .file("values.yaml", "a: 1\r\nb: |\r\n  x\r\n")
                    .file("templates/a.yaml", "a: 1\r\n")),
        chart(
            "binary files",
            source -> source.file("icon.bin", new byte[] {0, -1, -17, -69, -65, 127, 13, 10, 0})),
        chart("empty files", source -> source.file("empty", "").file("templates/empty", "")),
        chart("empty directories", source -> source.directory("charts").directory("templates/a")),
        chart(
            "files of whole blocks",
            source -> source.file("a", new byte[512]).file("b", new byte[1024])),
        chart("empty values", source -> source.file("values.yaml", "# nothing\n")),
        chart("values of two documents", source -> source.file("values.yaml", "a: 1\n---\nb: 2\n")),
        chart(
            "a schema that is no object", source -> source.file("values.schema.json", " true \n")),
        chart("values elsewhere", source -> source.files("sub/values.yaml", "sub/Chart.yaml")),
        chart(
            "templates that are no templates", source -> source.files("template/a", "Templates/a")),
        chart(
            "a link to a file",
            source -> source.files("a.txt").link("templates/b.txt", "../a.txt")),
        chart(
            "a link to a directory",
            source -> source.files("a/b/c.txt").link("templates/d", "../a").link("z", "a/b")),
        chart(
            "a link to a link out of the chart",
            source ->
                source
                    .files("../elsewhere/a.txt", "../elsewhere/d/b.txt")
                    .link("one", "two")
                    .link("two", "../elsewhere")),
        chart(
            "a link to a file that is ignored",
            source ->
                source
                    .files("a.txt", ".helmignore")
                    .file(".helmignore", "a.txt\n")
                    .link("b.txt", "a.txt")),
        chart(
            "links that are ignored",
            source ->
                source
                    .files("a/c.txt")
                    .file(".helmignore", "b/\nc.txt/\nd\n")
                    .link("b", "a")
                    .link("c.txt", "a/c.txt")
                    .link("d", "a")),
        chart(
            "a link for Chart.yaml and for values",
            source ->
                source
                    .files("../other/x")
                    .file("../other/db.yaml", ChartSource.named("db"))
                    .link("charts/db/Chart.yaml", "../../../other/db.yaml")
                    .link("charts/db/values.yaml", "../../values.yaml")));
  }

  private static void namesAroundTheNameField(ChartSource source) {
    for (int length = 99; length <= 102; length++) {
      // The name in the archive begins with "sample/".
      source.files("n".repeat(length - "sample/".length()));
      source.files("d/" + "m".repeat(length));
    }
  }
}
