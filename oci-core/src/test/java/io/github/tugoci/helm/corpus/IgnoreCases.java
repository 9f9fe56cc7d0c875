package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** The rules of .helmignore, each over the same tree of files. */
final class IgnoreCases {
  private IgnoreCases() {}

  static List<ChartCase> all() {
    return List.of(
        ignoring("nothing but the default"),
        ignoring("a name anywhere", "a.txt"),
        ignoring("a pattern for names anywhere", "*.txt"),
        ignoring("comments, blank lines and spaces", "# a.txt", "", "   ", "  # b.txt", " a.txt  "),
        ignoring("tabs around", "\ta.txt\t"),
        ignoring("a leading slash", "/a.txt"),
        ignoring("an inner slash", "docs/a.txt"),
        ignoring("a star that stays in its directory", "docs/*.txt"),
        ignoring("a star for a directory", "*/a.txt"),
        ignoring("a slash, a star and a slash", "/*/deep/*"),
        ignoring("a directory", "docs/"),
        ignoring("a directory that has no slash", "deep"),
        ignoring("a directory at the root only", "/docs/"),
        ignoring("a directory by its path", "docs/deep/"),
        ignoring("a file isn't a directory", "a.txt/", "build/"),
        ignoring("a path that begins with a dot", "./a.txt"),
        ignoring("question marks and classes", "?.txt", "[x-z]1", "[^a-z]2"),
        ignoring("escapes", "\\[x\\]", "\\#hash", "\\!mark"),
        ignoring("a class that ends in a dash", "[a\\-]1"),
        ignoring("what a name holds is no regular expression", "a.t.t", "(x)", "a+", "x1|y1"),
        ignoring("a negation ignores all else", "!*[a-zA-Z]*"),
        ignoring("a negation of files in the root", "!/[!-~]*"),
        ignoring("a negation after a rule", "a.txt", "!*"),
        ignoring("a slash alone", "/"),
        ignoring("templates", "templates"),
        ignoring("the values", "values.yaml"),
        ignoring("itself", ".helmignore"),
        ignoring("hidden files", ".*"),
        ignoring("names in another case", "A.TXT", "DOCS/"),
        ignoring("names that are not ASCII", "ü?.txt", "[ä-ü]x"),
        chart(
            "line ends of Windows",
            source -> tree(source).file(".helmignore", "a.txt\r\n\r\n# c\r\ndocs/\r\n")),
        chart("a byte order mark", source -> tree(source).file(".helmignore", "\ufeffa.txt\n")),
        chart("no end of the last line", source -> tree(source).file(".helmignore", "x1\na.txt")),
        chart("an empty file of rules", source -> tree(source).file(".helmignore", "")),
        chart("no file of rules", IgnoreCases::tree),
        chart(
            "files of a subchart",
            source ->
                tree(source)
                    .file(".helmignore", "charts/db/secret\ncharts/no\n")
                    .subchart("charts/no", "no", sub -> {})
                    .subchart("charts/db", "db", sub -> sub.files("secret", "kept"))),
        chart(
            "a subchart's own rules mean nothing",
            source ->
                source.subchart(
                    "charts/db", "db", sub -> sub.file(".helmignore", "a.txt\n").files("a.txt"))));
  }

  private static ChartCase ignoring(String name, String... lines) {
    return chart(
        "ignore: " + name,
        source -> tree(source).file(".helmignore", String.join("\n", lines) + "\n"));
  }

  private static ChartSource tree(ChartSource source) {
    return source.files(
        "a.txt",
        "b.txt",
        "x1",
        "y1",
        "a1",
        "-1",
        "_2",
        "b2",
        "[x]",
        "#hash",
        "!mark",
        "(x)",
        "a+",
        ".hidden",
        "üb.txt",
        "öx",
        "docs/a.txt",
        "docs/build",
        "docs/deep/a.txt",
        "docs/deep/.hidden",
        "other/docs/a.txt",
        "other/docs/deep/b.md",
        "other/build/x.md",
        "templates/a.txt",
        "templates/.hidden",
        "templates/.dir/a.txt",
        "templates/.../a.txt",
        "templates/sub/.hidden",
        "templates/sub/deep/a.txt");
  }
}
