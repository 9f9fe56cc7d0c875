package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug chart show values --jsonpath}: the table is what Helm 3 and 4 print. */
class JsonPathTest {
  static final List<String> TABLE =
      List.of(
          "{.image.repository}#nginx",
          "{.image}#{\"repository\":\"nginx\",\"tag\":\"1.2\"}",
          "image#image",
          "{.replicas}#3",
          "{.ratio}#1.5",
          "{.exponent}#1000",
          "{.flag}#true",
          "{.nothing}#null",
          "{.list}#[1,\"two\",{\"a\":3}]",
          "{.list[0]}#1",
          "{.list[-1]}#{\"a\":3}",
          "{.list[1:]}#two {\"a\":3}",
          "{.list[0:2]}#1 two",
          "{.list[::2]}#1 {\"a\":3}",
          "{.list[0,2]}#1 {\"a\":3}",
          "{.list[*]}#1 two {\"a\":3}",
          "{.items[*].label}#x y z",
          "{.items[-2:].label}#y z",
          "{.items[*].tls.a}#b",
          "{.items[?(@.label==\"y\")].port}#8080",
          "{.items[?(@.label!='y')].port}#80 443",
          "{.items[?(@.tls)].label}#y",
          "{range .items[*]}{.label}={.port}{\",\"}{end}#x=80,y=8080,z=443,",
          "{range $.items[*]}{@.label}{\"\\t\"}{end}.#x\ty\tz\t.",
          "{range .nested.*}[{@}]{end}#[{\"b\":[1,2]}][1]",
          "{..label}#x y z",
          "{.items..label}#x y z",
          "{['image']['tag']}#1.2",
          "{.image['tag','repository']}#1.2 nginx",
          "{.dotted\\.key}#v",
          "{$.image.tag}-{.replicas}#1.2-3",
          "x{ .image.tag }y#x1.2y",
          "{.html}#<a>&",
          "{\"a\\\"b\"}{'q'}{1}{true}#a\"bq1true");

  static Stream<Arguments> table() {
    return TABLE.stream().map(row -> Arguments.of((Object[]) row.split("#", -1)));
  }

  private final Path chart;
  private final Run run;

  JsonPathTest(@TempDir Path folder) {
    this.chart = folder.resolve("chart");
    this.run = Run.in(folder.resolve("home"));
  }

  @BeforeEach
  void write() throws Exception {
    write(chart);
  }

  /** A chart with values of all kinds. */
  static void write(Path chart) throws IOException {
    Files.createDirectory(chart);
    Files.writeString(chart.resolve("Chart.yaml"), "{apiVersion: v2, name: a, version: 1.0.0}");
    Files.writeString(
        chart.resolve("values.yaml"),
        """
        image: {repository: nginx, tag: "1.2"}
        replicas: 3
        big: 1000000
        ratio: 1.50
        exponent: 1e3
        flag: true
        nothing: null
        empty: ""
        list: [1, two, {a: 3}]
        items:
        - {label: x, port: 80, active: true}
        - {label: 'y', port: 8080, tls: {a: b}}
        - {label: z, port: 443}
        dotted.key: v
        html: "<a>&"
        nested: {z: 1, a: {b: [1, 2]}}
        """);
  }

  private String shown(String template) {
    return run.tug("chart", "show", "values", chart, "--jsonpath", template).ok().out();
  }

  @ParameterizedTest
  @MethodSource("table")
  void whatHelmPrintsIsPrinted(String template, String expected) {
    assertThat(shown(template)).isEqualTo(expected);
  }

  /** Helm has all numbers as floating-point ones, and gives up where a filter meets none. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "{.big}#1000000",
        "{.items[?(@.port==80)].label}#x",
        "{.items[?(@.port>100)].label}#y z",
        "{.items[?(@.port<=443)].label}#x z",
        "{.items[?(@.active==true)].label}#x",
        "{['dotted.key']}#v",
      })
  void numbersAndNamesAreWhatTheyAre(String template, String expected) {
    assertThat(shown(template)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{.missing}",
        "{.image.missing}",
        "{.list[5]}",
        "{.replicas[0]}",
        "{.list.a}{.gone}"
      })
  void whatIsntThereIsToldAndNothingIsPrinted(String template) {
    var outcome = run.tug("chart", "show", "values", chart, "--jsonpath", template).ok();

    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("warning: --jsonpath");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{.image.tag", "{.items[a]}", "{.items[0", "{.items[?(@.a]}", "{.items[?(@.a=~/x/)]}",
            "{nope}",
        "{.a & .b}", "{end}", "{range .items[*]}", "{.items[0:3:0]}", "{.items[]}",
            "{99999999999999999999}"
      })
  void whatIsMalformedIsRefused(String template) {
    assertThat(run.tug("chart", "show", "values", chart, "--jsonpath", template).failed(2).err())
        .contains("invalid JSONPath \"" + template + "\"");
  }

  @Test
  void itIsForValuesAndAMemberInJson() throws Exception {
    run.tug("chart", "show", "chart", chart, "--jsonpath", "{.a}").failed(2);

    var json =
        run.tug("chart", "show", "values", chart, "--jsonpath={.replicas}", "--format=json").ok();
    assertThat(json.json().asMap()).isEqualTo(Map.of("values", "3"));
  }
}
