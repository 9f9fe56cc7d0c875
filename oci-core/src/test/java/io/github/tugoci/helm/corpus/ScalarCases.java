package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** What YAML 1.1 makes of words and numbers. */
final class ScalarCases {
  private ScalarCases() {}

  static List<ChartCase> all() {
    return List.of(
        chart(
            "a version that is a number",
            source -> source.chartYaml("apiVersion: v2\nname: sample\nversion: 1.10\n")),
        chart(
            "a version that is a whole number",
            source -> source.chartYaml("apiVersion: v2\nname: sample\nversion: 7\n")),
        chart("an octal appVersion", source -> source.metadata("appVersion: 012\n")),
        chart("an octal appVersion of YAML 1.2", source -> source.metadata("appVersion: 0o17\n")),
        chart("no octal number", source -> source.metadata("appVersion: 089\n")),
        chart("an appVersion in hex", source -> source.metadata("appVersion: 0x1F\n")),
        chart("a commit that is a number", source -> source.metadata("appVersion: 1234567\n")),
        chart("a commit with an exponent", source -> source.metadata("appVersion: 12e4567\n")),
        chart("a commit with a small exponent", source -> source.metadata("appVersion: 1234e5\n")),
        chart("a long number", source -> source.metadata("appVersion: 20240102030405\n")),
        chart(
            "a number over 64 bits",
            source -> source.metadata("appVersion: 99999999999999999999\n")),
        chart("a number with underscores", source -> source.metadata("appVersion: 1_000\n")),
        chart("a number of base 60", source -> source.metadata("appVersion: 12:30:45\n")),
        chart("a date", source -> source.metadata("appVersion: 2024-01-02\n")),
        chart("a time", source -> source.metadata("appVersion: 2024-01-02T03:04:05Z\n")),
        chart(
            "yes as a name",
            source -> source.chartYaml("apiVersion: v2\nname: yes\nversion: 1.0.0\n")),
        chart(
            "y as a name", source -> source.chartYaml("apiVersion: v2\nname: y\nversion: 1.0.0\n")),
        chart(
            "Off as a name",
            source -> source.chartYaml("apiVersion: v2\nname: Off\nversion: 1.0.0\n")),
        chart(
            "numbers of all kinds where a text is wanted",
            source ->
                source.metadata(
                    """
                    keywords: [1, -1, +1, 0, -0, 1.0, 1.50, .5, 1., 1e3, 1E-7, 0.1, 3.14159265358979,
                      123456.7, 1234567.8, 16777217.0, 1e21, 0b101, -0x10, 1_0.5_0]
                    """)),
        ChartCase.ofHelm3(
            "infinite numbers where a text is wanted",
            source -> source.metadata("keywords: [.inf, -.Inf]\n")),
        chart(
            "words where a text is wanted",
            source ->
                source.metadata(
                    "keywords: [true, FALSE, On, no, N, nO, null, ~, Null, nil, None, '',"
                        + " tRue]\n")),
        chart(
            "numbers and words in annotations",
            source ->
                source.metadata(
                    "annotations: {1: 1, 2.50: 2.50, true: yes, a: null, b: 010, c:"
                        + " 2024-01-02}\n")),
        chart(
            "anchors, aliases and merged maps",
            source ->
                source.metadata(
                    """
                    description: &text some text
                    home: *text
                    annotations: &all
                      a: one
                      b: two
                    maintainers:
                    - &ada {name: Ada, email: ada@example.com}
                    - <<: *ada
                      name: Grace
                    """)),
        chart(
            "keys that come twice",
            source -> source.metadata("home: a\nhome: b\nicon: c\nicon:\n")),
        chart(
            "tags",
            source ->
                source.metadata(
                    """
                    appVersion: !!str 1.10
                    home: !!binary aGVsbG8=
                    keywords: [!!float 1, !own x]
                    """)),
        chart("a document that ends", source -> source.metadata("home: a\n---\nhome: b\n")),
        chart(
            "a directive", source -> source.chartYaml("%YAML 1.1\n---\n" + ChartSource.named("a"))),
        chart(
            "JSON as YAML",
            source ->
                source.chartYaml(
                    "{\"apiVersion\": \"v2\", \"name\": \"sample\", \"version\": \"1.2.3\",\n"
                        + " \"keywords\": [\"\\u00e4\\x41\"]}")),
        chart(
            "block texts",
            source ->
                source.metadata(
                    """
                    annotations:
                      kept: |+
                        one

                      stripped: |-
                        one
                          two
                      folded: >
                        one
                        two

                        three
                      indented: |2
                          leading
                      plain: one
                        two

                        three
                    """)));
  }
}
