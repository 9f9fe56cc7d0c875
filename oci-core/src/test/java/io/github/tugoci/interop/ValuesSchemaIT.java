package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmOracle;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.schema.ValuesLint;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether values fit their schema, as the real Helm's lint says it. */
class ValuesSchemaIT {
  private static final String CHART = "apiVersion: v2\nname: %s\nversion: 1.0.0\n";
  private static final String D4 = "\"$schema\": \"http://json-schema.org/draft-04/schema#\", ";
  private static final String D7 = "\"$schema\": \"http://json-schema.org/draft-07/schema#\", ";
  private static final String D19 =
      "\"$schema\": \"https://json-schema.org/draft/2019-09/schema\", ";
  private static final String D20 =
      "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\", ";

  private final Path folder;

  ValuesSchemaIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private void write(String file, String content) throws Exception {
    var path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private void compare(boolean fits) throws Exception {
    var findings = ValuesLint.lint(folder, ChartLimits.HELM);
    var helm = HelmOracle.lint(folder);

    assertThat(helm.isFailed()).as("Helm: " + helm.getMessages()).isEqualTo(!fits);
    assertThat(findings).allMatch(finding -> finding.severity() == Severity.ERROR);
    assertThat(findings.isEmpty()).as("Tug: " + findings).isEqualTo(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a: 1            | {"properties": {"a": {"type": "integer"}}}                      | true
          a: x            | {"properties": {"a": {"type": "integer"}}}                      | false
          a: 1.0          | {"properties": {"a": {"type": "integer"}}}                      | true
          a: 1.0          | {D4"properties": {"a": {"type": "integer"}}}                    | true
          a: 1.5          | {"properties": {"a": {"type": "integer"}}}                      | false
          a: 1            | {"properties": {"a": {"const": 1.0}}}                           | true
          a: 1.0          | {"properties": {"a": {"enum": [1]}}}                            | true
          a: yes          | {"properties": {"a": {"type": "boolean"}}}                      | true
          a: 012          | {"properties": {"a": {"const": 10}}}                            | true
          a: 1            | {"required": ["a"]}                                             | true
          a: 1            | {"required": ["b"]}                                             | false
          a: null         | {"required": ["a"]}                                             | false
          a: null         | {"properties": {"a": {"type": "string"}}}                       | false
          a: null         | {"properties": {"a": {"type": ["string", "null"]}}}             | true
          a: {b: null}    | {"properties": {"a": {"properties": {"b": {"type": "string"}}}}}| false
          a: x            | {"properties": {"a": {"enum": ["x", "y"]}}}                     | true
          a: z            | {"properties": {"a": {"enum": ["x", "y"]}}}                     | false
          a: v12          | {"properties": {"a": {"pattern": "^v[0-9]+$"}}}                 | true
          a: 12           | {"properties": {"a": {"pattern": "^v[0-9]+$"}}}                 | true
          a: w12          | {"properties": {"a": {"pattern": "^v[0-9]+$"}}}                 | false
          a: xv12         | {"properties": {"a": {"pattern": "v[0-9]"}}}                    | true
          a: 1            | {"properties": {"a": {}}, "additionalProperties": false}        | true
          b: 1            | {"properties": {"a": {}}, "additionalProperties": false}        | false
          a: -1           | {"$defs": {"n": {"minimum": 0}}, "properties": {"a": {"$ref": "#/$defs/n"}}} | false
          a: 1            | {"definitions": {"n": {"minimum": 0}}, "properties": {"a": {"$ref": "#/definitions/n"}}} | true
          a: -1           | {D7"definitions": {"n": {"minimum": 0}}, "properties": {"a": {"$ref": "#/definitions/n"}}} | false
          a: 1            | {"properties": {"a": {"$ref": "#/definitions/n"}}}              | false
          a: [1, x]       | {D7"properties": {"a": {"items": [{"type": "string"}]}}}        | false
          a: [1, x]       | {D7"properties": {"a": {"prefixItems": [{"type": "string"}]}}}  | true
          a: [1, x]       | {D20"properties": {"a": {"prefixItems": [{"type": "string"}]}}} | false
          a: [1, x]       | {"properties": {"a": {"prefixItems": [{"type": "string"}]}}}    | false
          a: [1, x]       | {D20"properties": {"a": {"items": [{"type": "string"}]}}}       | false
          a: 5            | {D4"properties": {"a": {"maximum": 5, "exclusiveMaximum": true}}} | false
          a: 5            | {D7"properties": {"a": {"exclusiveMaximum": 5}}}                | false
          a: 5            | {"properties": {"a": {"exclusiveMaximum": true}}}               | false
          a: 5            | {D19"dependentRequired": {"a": ["b"]}}                          | false
          a: 5            | {D7"dependentRequired": {"a": ["b"]}}                           | true
          a: 5            | {D7"if": {"required": ["a"]}, "then": {"required": ["b"]}}      | false
          {a: 5, b: 1}    | {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": false} | false
          a: x            | {D7"properties": {"a": {"format": "ipv4"}}}                     | false
          a: x            | {"properties": {"a": {"format": "ipv4"}}}                       | true
          a: x            | {"properties": {"a": {"format": "unheard"}}}                    | true
          a: x            | {"properties": {"a": {"type": "unheard"}}}                      | false
          a: x            | {"properties": 5}                                               | false
          a: x            | {"$schema": "http://localhost:1/none"}                          | false
          a: x            | {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}} | false
          a: {type: array} | {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}} | true
          a: x            | {"properties": {"a": {"pattern": "["}}}                         | false
          a: x            | {                                                               | false
          a: x            | []                                                              | false
          a: x            | true                                                            | true
          a: x            | false                                                           | false
          ``              | {"required": ["a"]}                                             | false
          ``              | {"type": "object"}                                              | true
          """)
  void aChartsOwnValues(String values, String schema, boolean fits) throws Exception {
    write("Chart.yaml", CHART.formatted("shop"));
    write("templates/a.yaml", "");
    write("values.yaml", values + "\n");
    write(
        "values.schema.json",
        schema.replace("D4", D4).replace("D7", D7).replace("D19", D19).replace("D20", D20));

    compare(fits);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                 | a: 1          | ``               | true
          ``                                 | a: x          | ``               | false
          {sub: {a: x}}                      | a: 1          | ``               | false
          {sub: {a: 2}}                      | a: x          | ``               | true
          {sub: {a: null}}                   | a: 1          | ``               | false
          ``                                 | {a: 1, b: {}} | ``               | false
          {sub: {b: null}}                   | {a: 1, b: {}} | ``               | true
          ``                                 | {a: 1, b: null} | ``             | true
          {global: {x: 1}}                   | a: 1          | ``               | true
          {sub: {enabled: false, a: x}}      | a: 1          | condition: sub.enabled | true
          {sub: {enabled: true, a: 1}}       | a: 1          | condition: sub.enabled | false
          {flag: true, sub: {a: x}}          | a: 1          | condition: 'none,flag' | false
          {flag: false, sub: {a: x}}         | a: 1          | condition: 'none,flag' | true
          {tags: {t: false}, sub: {a: x}}    | a: 1          | tags: [t, u]     | true
          {tags: {t: false, u: true}, sub: {a: x}} | a: 1    | tags: [t, u]     | false
          {sub: {a: x}, other: {a: 2}}       | a: 1          | alias: other     | true
          {other: {a: x}}                    | a: 1          | alias: other     | false
          """)
  void aSubcharts(String parent, String values, String dependency, boolean fits) throws Exception {
    write(
        "Chart.yaml",
        CHART.formatted("shop")
            + "dependencies:\n- {name: sub, version: 1.x.x, repository: '', %s}\n"
                .formatted(dependency));
    write("templates/a.yaml", "");
    write("values.yaml", parent + "\n");
    write("charts/sub/Chart.yaml", CHART.formatted("sub"));
    write("charts/sub/values.yaml", values + "\n");
    write(
        "charts/sub/values.schema.json",
        """
        {"properties": {"a": {"type": "integer"}, "global": {}}, "required": ["a"],
         "additionalProperties": false}
        """);

    compare(fits);
  }
}
