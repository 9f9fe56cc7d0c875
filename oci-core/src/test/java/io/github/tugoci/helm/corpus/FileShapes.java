package io.github.tugoci.helm.corpus;

import static io.github.tugoci.helm.corpus.Shape.Verdict.FAILED;
import static io.github.tugoci.helm.corpus.Shape.Verdict.FINE;
import static io.github.tugoci.helm.corpus.Shape.Verdict.WARNED;

import io.github.tugoci.helm.corpus.Shape.Verdict;
import java.util.List;
import java.util.function.Consumer;

/** The files that public charts have. */
final class FileShapes {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: a.b}
      """;

  private FileShapes() {}

  static List<Shape> all() {
    return List.of(
        crd("a definition", FINE, DEFINITION),
        crd("several definitions", FINE, "---\n" + DEFINITION + "---\n" + DEFINITION + "---\n"),
        crd("a comment alone", FINE, "# nothing\n"),
        crd("a definition in other case", FINE, DEFINITION.replace("kind", "Kind")),
        crd("something else", FAILED, "apiVersion: v1\nkind: ConfigMap\n"),
        crd("a template", FAILED, "{{- if .Values.crds }}\n" + DEFINITION + "{{- end }}\n"),
        crd("a definition without its group", FAILED, "kind: CustomResourceDefinition\n"),
        files(
            "a file for the directory of definitions", FINE, FAILED, chart -> chart.files("crds")),
        files("an empty directory of definitions", FINE, FINE, chart -> chart.directory("crds")),
        files("no definitions but a text", FINE, FINE, chart -> chart.files("crds/README.md")),
        files(
            "a text among the templates",
            FAILED,
            FAILED,
            chart -> chart.files("templates/README.md")),
        files(
            "helpers and tests",
            FINE,
            FINE,
            chart ->
                chart
                    .file("templates/_helpers.tpl", "{{- define \"a\" }}{{ end }}\n")
                    .file("templates/tests/a.txt", "a\n")),
        files(
            "a hook that is gone",
            WARNED,
            FINE,
            chart -> chart.file("templates/a.txt", "{{/* \"helm.sh/hook\": crd-install */}}\n")),
        files(
            "a time that is gone",
            FAILED,
            FINE,
            chart -> chart.file("templates/a.txt", "{{ .Release.Time }}\n")),
        files(
            "a file over 5 MiB",
            FAILED,
            FINE,
            chart -> chart.file("files/large.bin", new byte[6_000_000])),
        files(
            "a file over 5 MiB that is ignored",
            FINE,
            FINE,
            chart ->
                chart.file("files/large.bin", new byte[6_000_000]).file(".helmignore", "*.bin\n")),
        files(
            "what a git repository has around",
            FINE,
            FINE,
            chart ->
                chart.files(
                    ".gitignore",
                    ".github/workflows/a.yml",
                    "ci/a-values.yaml",
                    "LICENSE",
                    "CHANGELOG.md",
                    "README.md.gotmpl")),
        files(
            "patterns of helm create",
            FINE,
            FINE,
            chart ->
                chart
                    .file(
                        ".helmignore",
                        "# Patterns\r\n.DS_Store\r\n.git/\r\n*.swp\r\n*.tmproj\r\n.vscode/\r\n")
                    .files(".vscode/a", "a.swp")),
        Shape.shape(
            "an archive among the subcharts",
            FINE,
            FINE,
            chart ->
                chart
                    .metadata("dependencies:\n- {name: db, version: 0.1.0}\n")
                    .archive("charts/db-0.1.0.tgz", "db", sub -> {})),
        Shape.shape(
            "subcharts of subcharts",
            FINE,
            FINE,
            chart ->
                chart
                    .metadata("dependencies:\n- {name: db, version: 0.1.0}\n")
                    .subchart(
                        "charts/db",
                        "db",
                        sub ->
                            sub.chartYaml(
                                    ChartSource.named("db")
                                        + "dependencies:\n- {name: base, version: 0.1.0}\n")
                                .subchart("charts/base", "base", base -> {}))));
  }

  private static Shape crd(String name, Verdict helm4, String text) {
    return files("definitions: " + name, FINE, helm4, chart -> chart.file("crds/a.yaml", text));
  }

  private static Shape files(
      String name, Verdict helm3, Verdict helm4, Consumer<ChartSource> source) {
    return Shape.shape(name, helm3, helm4, source);
  }
}
