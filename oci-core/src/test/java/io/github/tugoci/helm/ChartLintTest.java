package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lint finds; each rule on a chart that is good but for this. */
class ChartLintTest {
  private static final String GOOD =
      """
      apiVersion: v2
      name: good
      version: 1.2.3
      icon: https://example.com/icon.svg
      """;

  private final Path folder;

  ChartLintTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<ChartFinding> lint(String metadata) throws IOException {
    Files.createDirectories(folder.resolve("chart/templates"));
    Files.writeString(folder.resolve("chart/Chart.yaml"), metadata);
    Files.writeString(folder.resolve("chart/values.yaml"), "a: 1\n");
    Files.writeString(folder.resolve("chart/templates/a.yaml"), "b: {{ .Values.a }}\n");
    return lint();
  }

  private List<ChartFinding> lint() throws IOException {
    return ChartLint.lint(folder.resolve("chart"), ChartLimits.HELM);
  }

  private void write(String file, String content) throws IOException {
    var path = folder.resolve("chart").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  @Test
  void aGoodChartHasNoFindings() throws Exception {
    assertThat(lint(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: good            | name: a/b                     | is a path
          name: good            | description: x                | name is required
          apiVersion: v2        | apiVersion: v3                | expected v1 or v2
          apiVersion: v2        | description: x                | apiVersion is required
          version: 1.2.3        | version: 1.2                  | write "1.2" in quotes
          version: 1.2.3        | version: one                  | not a semantic version
          version: 1.2.3        | version: 0.0.0-0              | greater than 0.0.0-0
          version: 1.2.3        | description: x                | version is required
          icon: https           | icon: ':x' #                  | invalid URL of icon
          name: good            | {name: good, type: other}     | holds no map
          version: 1.2.3        | version:                      | write "null" in quotes
          version: 1.2.3        | version: 1.2.3.4              | not a semantic version
          icon: https           | icon: //x/ #                  | invalid URL of icon
          icon: https           | icon: 'https://a b/' #        | invalid URL of icon
          """)
  void aBrokenFieldIsAnError(String good, String bad, String message) throws Exception {
    var broken = bad.startsWith("{") ? "- " + bad : GOOD.replace(good, bad);

    assertThat(lint(broken))
        .filteredOn(finding -> finding.path().equals("Chart.yaml"))
        .isNotEmpty()
        .anyMatch(finding -> finding.message().contains(message))
        .allMatch(
            finding ->
                finding.severity() == Severity.ERROR
                    || finding.message().startsWith("icon")
                    || finding.message().contains("SemVer 2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          appVersion: 1.10                                          | must be a text
          type: other                                               | expected application or library
          sources: ['not a url']                                    | invalid URL in sources
          maintainers: [{email: a@example.com}]                     | requires a name
          maintainers: [{name: a, email: a}]                        | invalid email address
          maintainers: [{name: a, url: 'x y'}]                      | invalid url of a maintainer
          maintainers: [a]                                          | must be a map
          maintainers: [{name: a, email: a@b..org}]                 | invalid email address
          maintainers: [{name: a, email: .a@b.org}]                 | invalid email address
          maintainers: [{name: a, email: a@1.2.3.4}]                | invalid email address
          maintainers: [{name: a, url: 'oci://b.org'}]              | invalid url of a maintainer
          appVersion:                                               | must be a text
          dependencies: [{name: a, version: 1}, {name: a}]          | two dependencies
          """)
  void abadFieldMoreIsAnError(String field, String message) throws Exception {
    assertThat(lint(GOOD + field + "\n"))
        .anyMatch(
            finding -> finding.severity() == Severity.ERROR && finding.message().contains(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          engine: gotpl                              | unknown field "engine"
          x-note: a                                  | unknown field "x-note"
          maintainers: [{name: a, phone: 5}]         | unknown field "maintainers[0].phone"
          dependencies: [{name: a, as: b}]           | unknown field "dependencies[0].as"
          icon: https://example.com/                 | duplicate key icon
          annotations: {a: b, a: c}                  | duplicate key a
          version: v1.2.3                            | version "v1.2.3" is not SemVer 2
          version: '1.2'                             | version "1.2" is not SemVer 2
          version: 01.2.3                            | version "01.2.3" is not SemVer 2
          """)
  void helm4WarnsOfWhatItReadsStrictly(String field, String message) throws Exception {
    var chart = field.startsWith("version") ? GOOD.replaceFirst("version: .*\n", "") : GOOD;

    assertThat(lint(chart + field + "\n"))
        .filteredOn(finding -> finding.path().equals("Chart.yaml"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.rules()).isEqualTo(Rules.HELM_4);
              assertThat(finding.message()).contains(message);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Description: a",
        "annotations: {any: thing}",
        "dependencies: []",
        "type: library",
        "maintainers: [{name: 5, email: a+b@c-d.org, url: c.org/x}]",
        "sources: ['mailto:a@example.com']"
      })
  void whatHelmTakesIsNoFinding(String field) throws Exception {
    assertThat(lint(GOOD + field + "\n"))
        .filteredOn(finding -> finding.path().equals("Chart.yaml"))
        .isEmpty();
  }

  @Test
  void aFileInPlaceOfADirectoryIsAnErrorInHelm4() throws Exception {
    lint(GOOD);
    write("crds", "x\n");
    Files.delete(folder.resolve("chart/templates/a.yaml"));
    Files.delete(folder.resolve("chart/templates"));
    write("templates", "x\n");

    assertThat(lint())
        .extracting(finding -> finding.severity() + " " + finding.path() + " " + finding.rules())
        .containsExactlyInAnyOrder("error crds/ Helm 4", "error templates/ Helm 4");
  }

  @Test
  void anEmptyDirectoryOfTemplatesIsADirectory() throws Exception {
    lint(GOOD);
    Files.delete(folder.resolve("chart/templates/a.yaml"));

    assertThat(lint()).isEmpty();
  }

  @Test
  void whatHelm3RefusedInTemplatesIsAWarning() throws Exception {
    lint(GOOD);
    write("templates/a.yaml", "time: {{ .Release.Time }}\n");
    write("templates/b.yaml", "annotations:\n  \"helm.sh/hook\": crd-install\n");
    write("templates/c.md", "text\n");

    assertThat(lint())
        .extracting(finding -> finding.severity() + " " + finding.path() + " " + finding.rules())
        .containsExactly(
            "warning templates/a.yaml Helm 3",
            "warning templates/b.yaml Helm 3",
            "error templates/c.md Helm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: 1\\n---\\nb: 1\\n | info  | Tug
          a: 1\\n---\\nb: [\\n | error | Helm 4
          a: 1\\n---\\n- b\\n  | error | Helm 4
          - a\\n               | error | Helm
          """)
  void moreDocumentsOfValuesAreReadByHelm4Alone(String values, String severity, String rules)
      throws Exception {
    lint(GOOD);
    write("values.yaml", values.replace("\\n", "\n"));

    assertThat(lint())
        .extracting(finding -> finding.path() + " " + finding.severity() + " " + finding.rules())
        .containsExactly("values.yaml " + severity + " " + rules);
  }

  @Test
  void typeAndDependenciesNeedVersion2() throws Exception {
    assertThat(
            lint(
                GOOD.replace("v2", "v1")
                    + "type: library\ndependencies: [{name: a, version: 1.0.0}]\n"))
        .extracting(ChartFinding::message)
        .startsWith("type requires apiVersion v2", "dependencies in it need apiVersion v2");
  }

  @Test
  void whatIsRecommendedIsSaidWithoutError() throws Exception {
    lint(GOOD.replaceFirst("icon.*\n", ""));
    Files.delete(folder.resolve("chart/values.yaml"));
    Files.delete(folder.resolve("chart/templates/a.yaml"));
    Files.delete(folder.resolve("chart/templates"));

    assertThat(lint())
        .extracting(finding -> finding.severity() + " " + finding.path())
        .containsExactly("info Chart.yaml", "info values.yaml", "warning templates/");
  }

  @Test
  void dependenciesAreComparedWithWhatIsThere() throws Exception {
    lint(GOOD + "dependencies:\n- name: wanted\n  version: 1\n  repository: ''\n");
    write("charts/stray/Chart.yaml", "apiVersion: v2\nname: stray\nversion: 1.0.0\n");

    assertThat(lint())
        .extracting(finding -> finding.severity() + " " + finding.path())
        .containsExactly("error charts/stray", "warning charts/wanted");
  }

  @Test
  void onlyDefinitionsBelongIntoCrds() throws Exception {
    lint(GOOD);
    write(
        "crds/good.yaml",
        "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n---\n");
    write("crds/bad.yaml", "apiVersion: v1\nkind: ConfigMap\n");
    write("crds/broken.yml", "a: [\n");
    write("crds/README.md", "text\n");

    assertThat(lint())
        .extracting(finding -> finding.severity() + " " + finding.path())
        .containsExactly("error crds/bad.yaml", "error crds/broken.yml");
  }

  @Test
  void whatDoesntParseIsAFinding() throws Exception {
    assertThat(lint("a: [\n")).first().satisfies(this::isErrorOfMetadata);
    lint(GOOD);
    write("values.yaml", "a: [\n");
    assertThat(lint()).anyMatch(finding -> finding.path().equals("values.yaml"));
    Files.delete(folder.resolve("chart/Chart.yaml"));
    assertThat(lint()).singleElement().extracting(ChartFinding::path).isEqualTo(".");
  }

  private void isErrorOfMetadata(ChartFinding finding) {
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.path()).isEqualTo("Chart.yaml");
  }

  @Test
  void aPackageIsExaminedToo() throws Exception {
    var chart = Chart.read(SampleCharts.write(folder, "hello", "1.0.0"));
    var archive = ChartPackager.reproducible().write(chart, folder);

    assertThat(ChartLint.lint(archive.path(), ChartLimits.HELM))
        .extracting(ChartFinding::message)
        .containsExactly("icon is recommended");
  }
}
