package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.SampleCharts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code tug chart lint}. */
class ChartLintCommandTest {
  private final Path folder;
  private final Path chart;
  private final Run run;

  ChartLintCommandTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.chart = SampleCharts.write(folder, "hello", "1.2.3");
    this.run = Run.in(folder.resolve("home"));
  }

  private void write(String file, String text) throws Exception {
    Files.createDirectories(chart.resolve(file).getParent());
    Files.writeString(chart.resolve(file), text);
  }

  /** A run that ends with 2, after its report. */
  private Run.Outcome refused(Object... options) {
    var arguments = new ArrayList<Object>(List.of("chart", "lint", chart));
    arguments.addAll(List.of(options));
    var result = run.tug(arguments.toArray());
    assertThat(result.status()).isEqualTo(2);
    return result;
  }

  @Test
  void errorsEndWithTwoAndWarningsOnlyIfStrict() throws Exception {
    run.tug("chart", "lint", chart).ok();
    Files.delete(chart.resolve("templates/configmap.yaml"));
    Files.delete(chart.resolve("templates"));

    run.tug("chart", "lint", chart).ok();
    var strict = refused("--strict");
    assertThat(strict.out()).contains("[WARNING] templates/: is missing (Helm 4)");
    run.tug("chart", "lint", folder.resolve("none")).failed(3);
  }

  @Test
  void jsonSaysWhoseRuleAFindingFollows() throws Exception {
    write("Chart.yaml", "apiVersion: v2\nname: hello\nversion: v1.0.0\n");

    var findings =
        run.tug("chart", "lint", chart, "--format=json").ok().json().objects("charts").get(0);

    assertThat(findings.objects("findings").get(0).asMap())
        .containsEntry("severity", "warning")
        .containsEntry("path", "Chart.yaml")
        .containsEntry("rules", "Helm 4");
    assertThat(findings.objects("findings").get(1).asMap())
        .containsEntry("severity", "info")
        .containsEntry("message", "icon is recommended")
        .containsEntry("rules", "Helm");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          -f,               ci.yaml,               true
          -f,               `other.yaml,ci.yaml`,  true
          -f,               other.yaml,            false
          --values,         ci.yaml,               true
          --set,            host=x,                true
          --set,            host=1,                false
          --set-string,     host=1,                true
          --set-json,       host="x",              true
          --set-json,       {"host":"x"},          true
          --set-file,       host=ci.yaml,          true
          --set-literal,    `host=a,b`,            true
          """)
  void aSchemaThatRequiresAValueIsMet(String option, String value, boolean met) throws Exception {
    write(
        "values.schema.json",
        "{\"required\":[\"host\"],\"properties\":{\"host\":{\"type\":\"string\"}}}");
    Files.writeString(folder.resolve("ci.yaml"), "host: a.example.com\n");
    Files.writeString(folder.resolve("other.yaml"), "port: 1\n");
    var given = value.replaceAll("(?=(?:ci|other)\\.yaml)", folder + "/");

    var without = refused();
    var with = run.tug("chart", "lint", chart, option, given);

    assertThat(without.out()).contains("[ERROR] values.yaml: required property 'host' not found");
    assertThat(with.status()).isEqualTo(met ? 0 : 2);
  }

  @Test
  void aSchemaCanBeSkipped() throws Exception {
    write("values.schema.json", "{\"required\":[\"host\"]}");

    run.tug("chart", "lint", chart, "--skip-schema-validation").ok();
  }

  @ParameterizedTest
  @CsvSource({
    "--set,          host,               '\"host\" has no value'",
    "--set-json,     'host={',           not valid JSON",
    "--kube-version, new,                invalid --kube-version \"new\"",
    "-f,             https://x/v.yaml,   not a file"
  })
  void whatCantBeReadIsInvalidInput(String option, String value, String message) {
    assertThat(run.tug("chart", "lint", chart, option, value).failed(2).err()).contains(message);
  }

  @Test
  void aMissingFileOfValuesIsNotFound() {
    run.tug("chart", "lint", chart, "-f", folder.resolve("none.yaml")).failed(3);
    run.tug("chart", "lint", chart, "--set-file", "a=" + folder.resolve("none")).failed(3);
  }

  @Test
  void subchartsAreExaminedForThemselves() throws Exception {
    Files.writeString(
        chart.resolve("Chart.yaml"),
        "dependencies: [{name: db, version: 1.0.0, repository: ''}]\n",
        StandardOpenOption.APPEND);
    write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\nengine: x\n");
    write("charts/db/templates/a.yaml", "a: b\n");

    run.tug("chart", "lint", chart, "--strict").ok();
    var all = refused("--strict", "--with-subcharts");
    assertThat(all.out())
        .contains("Chart: " + chart.resolve("charts/db"), "unknown field \"engine\" (Helm 4)");
    assertThat(all.err()).contains("1 of 2 charts failed");
  }

  @Test
  void aVersionOfKubernetesThatTheChartExcludesIsSaid() throws Exception {
    write("Chart.yaml", "apiVersion: v2\nname: a\nversion: 1.0.0\nkubeVersion: '>=1.30.0-0'\n");

    assertThat(run.tug("chart", "lint", chart, "--kube-version", "v1.29.3-gke.12").ok().out())
        .contains("kubeVersion \">=1.30.0-0\" does not allow 1.29.3");
    assertThat(run.tug("chart", "lint", chart, "--kube-version", "1.31").ok().out())
        .doesNotContain("kubeVersion");
  }
}
