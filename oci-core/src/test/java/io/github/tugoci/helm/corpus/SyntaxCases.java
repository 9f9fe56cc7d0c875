package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** YAML that parsers may read in different ways. */
final class SyntaxCases {
  private SyntaxCases() {}

  static List<ChartCase> all() {
    return Stream.of(
            of("a colon in a plain text", "home: a:b\nicon: http://x:80/#a\n"),
            of(
                "comments",
                "home: a#b # c\nicon: 'a' # b\ntags: # c\n  x\nkeywords: [a, # b\n c]\n"),
            of("URLs in a flow", "sources: [http://a/b, https://d=e&f, a:b]\n"),
            of("no space in a flow", "annotations: {\"a\":b, \"c\": d,e: f}\n"),
            of("a trailing comma", "keywords: [a, b,]\nannotations: {a: b,}\n"),
            of("a key without a value in a flow", "annotations: {a, b: c}\n"),
            of(
                "a text over lines in quotes",
                "home: \"a\n  b\n\n  c \\\n  d\"\nicon: 'a\n  b\n\n  c'\n"),
            of("a plain text over lines", "home: a\n  b\n\n  c\n    d\nicon: x\n"),
            of("a flow over lines", "keywords: [\n  a,\n  b c\n  d ]\n"),
            of("a list that isn't indented", "keywords:\n- a\n-  b\n- 'c'\n"),
            of("a list that is indented", "keywords:\n    - a\n    -    b\n"),
            of("tabs after a colon", "home:\ta\nicon: \t'b'\ntags:\t\tc\t# d\n"),
            of("tabs in a flow", "keywords: [\ta,\tb\t]\t# c\nannotations: {a:\tb}\n"),
            of("tabs in texts", "home: a\tb\nicon: 'a\tb'\nannotations:\n  a: |\n    a:\tb\n"),
            of("spaces at the ends of lines", "home: a  \nkeywords:  \n- b  \n"),
            of("explicit keys", "? home\n: a\n? icon\n: b\n"),
            of("quoted keys", "'home': a\n\"icon\": b\n\"t\\x61gs\": c\n"),
            of(
                "signs inside of plain texts",
                "keywords: [a!b, a&b, a*b, a%b, a@b, a`b, a|b, a>b, -a]\n"),
            of(
                "escapes",
                "home: \"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\\\\\N\\_\\L\\P\\x41\\u0042\\U00000043\"\n"),
            of("a quote in single quotes", "home: 'it''s'\n"),
            of(
                "folded texts",
                "home: >-\n  a\n  b\n\n\n  c\n   d\n  e\nicon: >+\n  x\n\ntags: >2\n   y\n"),
            of("an empty block", "home: |\nicon: >-\n\ntags: a\n"),
            of("a block with a comment after it", "home: | # c\n  a\n # d\nicon: b\n"),
            of(
                "a block of other indentation",
                "annotations:\n  a: |1\n    x\n   y\n  b: |-\n\n      z\n"),
            of("emoji", "description: \uD83D\uDE00 a\nannotations: {\uD83D\uDE00: b}\n"),
            of("a local tag on a list", "keywords: !mine [a]\nmaintainers:\n- !x {name: a}\n"),
            of(
                "a tag in full",
                "home: !<tag:yaml.org,2002:str> 1\nicon: !<tag:yaml.org,2002:int> '7'\n"),
            of("a plain tag", "home: ! 12\nappVersion: !!str\n"),
            of("an anchor that comes twice", "home: &a x\nicon: &a y\ntags: *a\n"),
            of("an anchor on nothing", "home: &a\nicon: *a\n"),
            of("an end of the document", "home: a\n...\nicon: b\n"),
            of("old line ends", "home: a\ricon: b\r\ntags: c\n"),
            of(
                "integers at the borders",
                "keywords: [9223372036854775807, 9223372036854775808, 18446744073709551615, 18446744073709551616, -9223372036854775808]\n"),
            of(
                "odd numbers",
                "keywords: [0x, 0b2, 1__0, _1, 1_, +.5, -., ., 1e, 1e+, 0x1p3, 00, 0_7, 08, +0x1, 0X1F, 0B1, 1E5, 0.0, -0.0]\n"),
            of(
                "odd floats",
                "keywords: [1e-5, 1e-4, 0.00001, 123456789.0, 100000.0, 1e6, 999999.0, 1.17549435e-38, 1e39, 1e400, 4.9e-324]\n"),
            of(
                "odd times",
                """
                keywords: [2024-1-2, 2024-01-02 03:04:05, 2024-01-02  3:4:5.6, 2024-01-02 3:4:5.6,
                  2024-13-45, 2023-02-29, 2024-02-29, '2024-01-02 03:04:05,5', 0000-01-01,
                  2024-01-02T03:04:05, 2024-01-02T03:04:05Z, 2024-01-02t3:4:5.678+01:00,
                  2024-01-02T03:04:05z, 2024-01-02T03:04:05+0100, 2024-01-02 03:04:05Z,
                  2024-01-02T24:00:00Z, 2024-01-02T23:60:00Z, 2024-01-02T23:00:60Z,
                  2024-01-02T23:00:00+24:00, 2024-01-02T23:00:00+25:00, 2024-01-02T23:00:00+01:60,
                  20240-01-02, 2024-01, 2024-01-02T, 12:30:45.6, '1:2', 2024-01-02 03:04]
                """),
            chart(
                "UTF-16",
                source ->
                    source.file(
                        "Chart.yaml",
                        ChartSource.named("sample").getBytes(StandardCharsets.UTF_16))))
        .toList();
  }

  private static ChartCase of(String name, String lines) {
    return chart("syntax: " + name, source -> source.metadata(lines));
  }
}
