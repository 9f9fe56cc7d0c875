package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** How texts are written back: quotes, folds, escapes and the order of keys. */
final class WritingCases {
  private static final String WORDS = "alpha beta gamma delta epsilon zeta eta theta ".repeat(9);

  private WritingCases() {}

  static List<ChartCase> all() {
    return List.of(
        quoted(
            "words that need quotes",
            "true",
            "False",
            "yes",
            "n",
            "on",
            "null",
            "NULL",
            "~",
            "",
            "1",
            "1.5",
            "0x1",
            "012",
            "1e3",
            ".5",
            "1_000",
            "12:30",
            "2024-01-02",
            ".inf",
            ".nan",
            "=",
            "<<",
            "-",
            "---"),
        quoted(
            "signs that need quotes",
            ":",
            "a: b",
            "a:b",
            "a:",
            "# no",
            "a #b",
            "a#b",
            "- a",
            "-a",
            "? a",
            "?a",
            "[a]",
            "{a}",
            "a, b",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a`",
            "'a'",
            "it's",
            "\\\"a\\\"",
            "a\\\\b"),
        quoted("spaces at the ends", " a", "a ", " ", "  a  b  "),
        quoted(
            "signs alone", "...", "+", ".", "?", ",", "]", "}", "'", "''", "\\\"", "%", "a: 'b'"),
        quoted("unicode", "ä", "日本語", "\\U0001F600", "e\\u0301", "\\u05d0", "naïve: yes"),
        annotation("line breaks", "a\\nb", "a\\n", "\\na", "a\\n\\n", "\\n", "a \\nb", " a\\nb"),
        annotation(
            "line breaks with tabs", "a\\tb", "\\ta", "a\\n\\tb", "a\\t\\nb", "a: b\\nc # d"),
        annotation("controls", "\\a", "\\e[1m", "\\u0000", "\\ufeff"),
        annotation("carriage returns", "a\\rb", "a\\r\\nb", "a\\r"),
        chart("a long line", source -> source.metadata("description: " + WORDS + "end\n")),
        chart(
            "a long line that needs quotes",
            source -> source.metadata("description: \"it's: " + WORDS + "# end\"\n")),
        chart(
            "a long line that needs escapes",
            source -> source.metadata("annotations: {a: \"tab\\t " + WORDS + "\"}\n")),
        chart(
            "a long line of double spaces",
            source -> source.metadata("description: " + WORDS.replace(" ", "  ") + "end\n")),
        chart(
            "a long word",
            source -> source.metadata("description: " + "x".repeat(200) + " end of it\n")),
        chart(
            "long lines of unicode",
            source -> source.metadata("description: " + "größe über alles 日本 ".repeat(20) + "x\n")),
        chart(
            "a long line in lists",
            source ->
                source.metadata(
                    "keywords: [\"" + WORDS + "end\"]\nmaintainers:\n- name: " + WORDS + "end\n")),
        chart(
            "a long text of many lines",
            source ->
                source.metadata(
                    "annotations:\n  a: |\n    " + WORDS + "\n    " + WORDS + "end\n    b\n")),
        chart(
            "long keys",
            source ->
                source.metadata(
                    "annotations: {? \"" + "k".repeat(140) + "\" : v, ? \"" + WORDS + "\" : w}\n")),
        chart(
            "the order of keys",
            source ->
                source.metadata(
                    """
                    annotations:
                      alpha10: a
                      alpha2: a
                      alpha: a
                      Alpha3: a
                      beta01: a
                      beta1: a
                      beta001x: a
                      "10": a
                      "9": a
                      a/b: a
                      a.b: a
                      a-b: a
                      a_b: a
                      ab: a
                      ä: a
                      z: a
                      a1b10: a
                      a1b9: a
                      "": a
                    """)),
        chart(
            "keys that need quotes",
            source ->
                source.metadata(
                    "annotations: {\"true\": a, \"1\": a, \"a: b\": a, \"a\\nb\": c, \" \": d}\n")));
  }

  /** Keywords, written between double quotes. */
  private static ChartCase quoted(String name, String... texts) {
    return chart(
        name, source -> source.metadata("keywords: [\"" + String.join("\", \"", texts) + "\"]\n"));
  }

  /** Annotations, which keep all characters, written between double quotes. */
  private static ChartCase annotation(String name, String... texts) {
    var lines = new StringBuilder("annotations:\n");
    for (int i = 0; i < texts.length; i++) {
      lines.append("  k%d: \"%s\"%n".formatted(i, texts[i]));
    }
    return chart(name, source -> source.metadata(lines.toString()));
  }
}
