package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.ChartCase.chart;

import java.util.List;

/** The fields of Chart.yaml, Chart.lock and requirements.yaml. */
final class MetadataCases {
  private MetadataCases() {}

  static List<ChartCase> all() {
    return List.of(
        chart("nothing but what is required", source -> {}),
        chart("all fields", source -> source.metadata(ALL_FIELDS)),
        chart(
            "unknown keys and comments are dropped",
            source ->
                source.metadata(
                    "# a comment\nengine: gotpl\nmaintainers:\n- {name: Ada, phone: 1}\n")),
        chart(
            "empty fields are left out",
            source ->
                source.metadata(
                    """
                    description: ""
                    keywords: []
                    annotations: {}
                    icon:
                    deprecated: false
                    maintainers: ~
                    """)),
        chart(
            "names of fields in any case",
            source ->
                source.chartYaml(
                    """
                    APIVERSION: v2
                    Name: sample
                    VERSION: 1.2.3
                    appversion: a
                    """)),
        chart(
            "a field in two cases",
            source -> source.metadata("description: one\nDescription: two\n")),
        chart(
            "an empty apiVersion is v1",
            source -> source.chartYaml("apiVersion: ''\nname: sample\nversion: 1.2.3\n")),
        chart("no apiVersion is v1", source -> source.chartYaml("name: sample\nversion: 1.2.3\n")),
        chart(
            "v1 with requirements",
            source ->
                source
                    .chartYaml("apiVersion: v1\nname: sample\nversion: 1.2.3\n")
                    .file("requirements.yaml", "# kept\n" + DEPENDENCY)
                    .file("requirements.lock", LOCK)
                    .subchart("charts/db", "db", sub -> {})),
        chart(
            "v1 with dependencies in Chart.yaml",
            source ->
                source
                    .chartYaml("apiVersion: v1\nname: sample\nversion: 1.2.3\n" + DEPENDENCY)
                    .file("Chart.lock", LOCK)
                    .subchart("charts/db", "db", sub -> {})),
        chart(
            "v2 with a lock",
            source ->
                source
                    .metadata(DEPENDENCY)
                    .file("Chart.lock", LOCK)
                    .subchart("charts/db", "db", sub -> {})),
        chart(
            "v2 with requirements of its past",
            source ->
                source
                    .metadata("")
                    .file("requirements.yaml", DEPENDENCY)
                    .file("requirements.lock", LOCK)
                    .subchart("charts/db", "db", sub -> {})),
        chart(
            "a lock without a time",
            source -> source.file("Chart.lock", "digest: sha256:00\ndependencies: []\n")),
        chart(
            "a lock with a time in another zone",
            source ->
                source.file(
                    "Chart.lock", "digest: a\ngenerated: \"2024-01-02T03:04:05.120+02:00\"\n")),
        chart("an empty lock", source -> source.file("Chart.lock", "")),
        chart("all fields of dependencies", MetadataCases::dependencies),
        chart("a library", source -> source.metadata("type: library\n")),
        chart(
            "white space and unprintable characters",
            source ->
                source.metadata(
                    """
                    description: "tab\\there\\nline\\u200b zero\\u00a0space\\a"
                    keywords: ["a\\tb"]
                    annotations: {k: "kept\\tas it is"}
                    """)),
        chart(
            "versions that are loose",
            source -> source.chartYaml("apiVersion: v2\nname: sample\nversion: v1.2\n")),
        chart(
            "a version with build metadata",
            source -> source.chartYaml("apiVersion: v2\nname: sample\nversion: 1.2.3-rc.1+b.4\n")));
  }

  private static void dependencies(ChartSource source) {
    source
        .metadata(
            """
            dependencies:
            - name: db
              version: ">=1.0.0 <2"
              repository: https://charts.example.com
              condition: db.enabled,global.db
              tags: [storage, 1]
              enabled: true
              import-values: [data, {child: a.b, parent: c, Other: [1, 2.5, null]}]
              alias: my_db-1
            - name: db
              alias: second
            - name: web
              repository: file://../web
            """)
        .subchart("charts/db", "db", sub -> {})
        .subchart("charts/web", "web", sub -> {});
  }

  private static final String DEPENDENCY =
      "dependencies:\n- name: db\n  version: 0.1.0\n  repository: https://charts.example.com\n";

  private static final String LOCK =
      """
      # made by Helm
      dependencies:
      - name: db
        repository: https://charts.example.com
        version: 0.1.0
      digest: sha256:0e3ab2d0d3b2c1e5c1e3f5c5a7c5c1a6
      generated: "2024-01-02T03:04:05.123456789Z"
      """;

  private static final String ALL_FIELDS =
      """
      home: https://example.com/?a=1&b=<2>
      sources: [https://example.com/a.git, https://example.com/b.git]
      description: All of it
      keywords:
        - one
        - two
      maintainers:
        - name: Ada
          email: ada@example.com
          url: https://example.com/ada
        - email: only@example.com
      icon: https://example.com/icon.svg
      condition: a.b
      tags: a,b
      appVersion: "4.5"
      deprecated: true
      annotations:
        example.com/one: "1"
        example.com/alpha10: ten
        example.com/alpha2: two
        Z: upper
        a: lower
        links: |
          - name: one
            url: https://example.com
      kubeVersion: ">= 1.20.0-0 < 2.0.0"
      type: application
      """;
}
