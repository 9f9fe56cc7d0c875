package io.github.tugoci.schema;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.tugoci.helm.ChartFinding;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.helm.ChartLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of values that don't fit, and what a hostile schema can't do. */
class ValuesLintTest {
  private final Path folder;

  ValuesLintTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    write("Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
  }

  private void write(String file, String content) throws IOException {
    var path = folder.resolve("chart").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private List<String> lint(String values, String schema) throws IOException {
    write("values.yaml", values);
    write("values.schema.json", schema);
    return lint();
  }

  private List<String> lint() throws IOException {
    var findings = ValuesLint.lint(folder.resolve("chart"), ChartLimits.HELM);
    assertThat(findings).allMatch(finding -> finding.severity() == Severity.ERROR);
    return findings.stream().map(finding -> finding.path() + " " + finding.message()).toList();
  }

  @Test
  void aFaultSaysWhereItIsAndWhatItIs() throws Exception {
    assertThat(
            lint(
                "image: {tag: 5}\nports: [1, x]\n",
                """
                {"required": ["name"],
                 "properties": {
                   "image": {"properties": {"tag": {"type": "string"}}},
                   "ports": {"items": {"type": "integer"}}}}
                """))
        .containsExactlyInAnyOrder(
            "values.yaml required property 'name' not found",
            "values.yaml at /image/tag: integer found, string expected",
            "values.yaml at /ports/1: string found, integer expected");
  }

  @Test
  void aChartWithoutSchemaFits() throws Exception {
    write("values.yaml", "a: 1\n");
    assertThat(lint()).isEmpty();
  }

  @Test
  void whatIsNoChartIsLeftToTheOtherLint() throws Exception {
    write("Chart.yaml", "name: [\n");
    assertThat(lint("a: 1\n", "false")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {                        | not valid JSON
          []                       | invalid schema
          ''                       | not valid JSON
          {"type": "text"}         | at /type
          {"$ref": "#/$defs/none"} | none
          {"$schema": "x:/none"}   | unknown $schema "x:/none"
          {"$schema": "http://json-schema.org/draft-08/schema#"} | unknown $schema
          {"$schema": "https://example.com/mine.json"}           | unknown $schema
          {"$defs": {"a": {"$id": "http://x/y"}, "b": {"$id": "http://x/y"}}} | two schemas
          """)
  void whatIsNoSchemaIsAFinding(String schema, String message) throws Exception {
    assertThat(lint("a: 1\n", schema))
        .singleElement()
        .asString()
        .startsWith("values.schema.json invalid schema: ")
        .contains(message);
  }

  @Test
  void aSubchartIsComparedWithWhatItSees() throws Exception {
    write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    write("charts/db/values.yaml", "size: 1\nuser: {name: a, mail: b}\n");
    write(
        "charts/db/values.schema.json",
        """
        {"properties": {
          "size": {"type": "integer"},
          "user": {"required": ["name", "mail"]},
          "global": {"properties": {"zone": {"type": "string"}, "area": {"const": "own"}}}}}
        """);
    write("values.yaml", "db: {size: big, global: {area: own, zone: x}}\nglobal: {zone: 5}\n");

    assertThat(lint())
        .containsExactlyInAnyOrder(
            "charts/db/values.yaml at /size: string found, integer expected",
            "charts/db/values.yaml at /global/zone: integer found, string expected");
  }

  @Test
  void aNullOfTheChartTakesADefaultOfItsSubchartAwayInHelm3Alone() throws Exception {
    write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
    write("charts/db/values.yaml", "user: {name: a, mail: b}\n");
    write(
        "charts/db/values.schema.json", "{\"properties\": {\"user\": {\"required\": [\"mail\"]}}}");
    write("values.yaml", "db: {user: {mail: null}}\n");

    assertThat(ValuesLint.lint(folder.resolve("chart"), ChartLimits.HELM))
        .containsExactly(
            new ChartFinding(
                Severity.WARNING,
                "charts/db/values.yaml",
                "at /user: required property 'mail' not found",
                Rules.HELM_3));
  }

  @ParameterizedTest
  @CsvSource({
    "condition: db.active,     'db: {active: false, size: x}', true",
    "condition: db.active,     'db: {active: true, size: x}', false",
    "'tags: [back, front]',    '{tags: {back: false}, db: {size: x}}', true",
    "'tags: [back, front]',    '{tags: {back: false, front: true}, db: {size: x}}', false",
    "alias: store,             '{db: {size: x}, store: {size: 1}}', true",
    "alias: store,             'store: {size: x}', false",
    "alias: store,             'store: text', true",
    "alias: store,             'store: null', true",
    "'import-values: [x]',     '{db: {exports: {x: {sized: true}}}}', true",
    "condition: db.off,        'a: 1', true"
  })
  void onlyEnabledSubchartsAreCompared(String dependency, String values, boolean fits)
      throws Exception {
    write(
        "Chart.yaml",
        """
        apiVersion: v2
        name: shop
        version: 1.0.0
        dependencies:
        - {name: db, version: ^1, repository: '', %s}
        """
            .formatted(dependency));
    write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.2.0\n");
    write("charts/db/values.yaml", "size: 1\n");
    write("charts/db/values.schema.json", "{\"properties\": {\"size\": {\"type\": \"integer\"}}}");
    write("values.yaml", values + "\n");

    assertThat(lint().isEmpty()).isEqualTo(fits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'$ref': 'URL/a.json'}",
        "{'$id': 'URL/a.json', '$ref': 'b.json'}",
        "{'properties': {'a': {'$ref': 'URL/a.json#/x'}}}",
        "{'$schema': 'http://json-schema.org/draft-07/schema#', 'allOf': [{'$ref': 'URL/a.json'}]}",
        "{'$dynamicRef': 'URL/a.json'}"
      })
  void nothingIsFetched(String schema) throws Exception {
    var server = new WireMockServer(WireMockConfiguration.options().dynamicPort());
    server.start();
    try {
      server.stubFor(any(anyUrl()).willReturn(okJson("true")));

      write("values.yaml", "a: 1\n");
      write("values.schema.json", schema.replace('\'', '"').replace("URL", server.baseUrl()));

      assertThat(ValuesLint.lint(folder.resolve("chart"), ChartLimits.HELM))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                assertThat(finding.path()).isEqualTo("values.schema.json");
                assertThat(finding.message()).contains(server.baseUrl(), "not fetched", "vendor");
              });
      assertThat(server.getAllServeEvents()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void noFileIsRead() throws Exception {
    var other = Files.writeString(folder.resolve("other.json"), "true").toUri();
    for (var reference : List.of(other, "file:" + other.getPath(), "classpath:other.json")) {
      assertThat(lint("a: 1\n", "{\"$ref\": \"%s\"}".formatted(reference)))
          .singleElement()
          .asString()
          .startsWith("values.schema.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"$ref\": \"#\"}", "{\"allOf\": [{\"$ref\": \"#\"}]}"})
  void recursionEnds(String schema) throws Exception {
    assertThat(lint("a: 1\n", schema)).singleElement().asString().contains("too deeply");
  }

  @Test
  void nestingEnds() throws Exception {
    int depth = 100_000;
    assertThat(lint("a: 1\n", "{\"not\":".repeat(depth) + "{}" + "}".repeat(depth)))
        .singleElement()
        .asString()
        .startsWith("values.schema.json");
  }

  @Test
  void aPatternThatExplodesEnds() throws Exception {
    assertThat(
            lint(
                "a: " + "a".repeat(500) + "!\n",
                "{\"properties\": {\"a\": {\"pattern\":" + " \"^a*a*a*a*a*a*c$\"}}}"))
        .singleElement()
        .asString()
        .contains("its patterns take too long");
  }
}
