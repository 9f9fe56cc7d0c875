package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.HelmProgram;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.schema.UserValues;
import io.github.tugoci.schema.ValuesLint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    var path = folder.resolve("chart").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  /**
   * Compares verdicts.
   *
   * @param fits true, false, or the Helm that they fit for
   */
  private void compare(String fits, String... options) throws Exception {
    var findings = ValuesLint.lint(folder.resolve("chart"), ChartLimits.HELM, values(options));
    for (var helm : List.of("helm3", "helm4")) {
      var arguments = new ArrayList<>(List.of("lint", folder.resolve("chart").toString()));
      arguments.addAll(List.of(options));
      var run =
          HelmProgram.of(helm, folder.resolve("home"), arguments.toArray(String[]::new)).run();
      boolean fit = fits.equals("true") || fits.equals(helm);
      var others = helm.equals("helm3") ? Rules.HELM_4 : Rules.HELM_3;

      assertThat(run.exitCode() == 0).as(helm + ": " + run.out()).isEqualTo(fit);
      assertThat(findings.stream().noneMatch(finding -> finding.rules() != others))
          .as("Tug: " + findings)
          .isEqualTo(fit);
    }
  }

  private static UserValues values(String... options) throws Exception {
    var values = UserValues.builder();
    for (int i = 0; i < options.length; i += 2) {
      switch (options[i]) {
        case "--values" -> values.file(Path.of(options[i + 1]));
        case "--set" -> values.set(options[i + 1]);
        case "--set-string" -> values.setString(options[i + 1]);
        case "--set-json" -> values.setJson(options[i + 1]);
        default -> throw new IllegalArgumentException(options[i]);
      }
    }
    return values.build();
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
          a: x            | {"$schema": "http://json-schema.org/draft-08/schema#"}          | false
          a: x            | {"$schema": "x:/none"}                                          | false
          a: x            | {"$schema": ""}                                                 | false
          a: x            | {"$schema": 5}                                                  | false
          a: x            | {"$schema": "urn:x", "properties": {"a": {"type": "integer"}}}  | false
          a: [1, 1.0]     | {"properties": {"a": {"uniqueItems": true}}}                    | false
          a: [1]          | {"properties": {"a": {"const": [1.0]}}}                         | true
          a: [x]          | {D7"properties": {"a": {"contains": {"type": "string"}, "minContains": 2}}} | true
          a: "{"          | {D7"properties": {"a": {"contentMediaType": "application/json"}}} | true
          a: 5            | {"required": ["b"], "required": ["a"]}                          | true
          a: 5            | {"$id": "http://x/r", "properties": {"a": {"$ref": "n"}}, "$defs": {"n": {"$id": "n", "type": "string"}}} | false
          a: 5            | {"properties": {"a": {"$ref": "n"}}, "$defs": {"n": {"$id": "n", "type": "string"}}} | false
          a: 5            | {"properties": {"a": {"$ref": "http://x/n#/$defs/z"}}, "$defs": {"n": {"$id": "http://x/n", "$defs": {"z": {"type": "string"}}}}} | false
          a: 5            | {D7"properties": {"a": {"$ref": "http://x/n"}}, "definitions": {"n": {"$id": "http://x/n", "type": "string"}}} | false
          a: [x]          | {"properties": {"a": {"$ref": "http://x/n"}}, "$defs": {"n": {"$id": "http://x/n", D7"items": [{"type": "string"}]}}} | true
          a: 5            | {"$defs": {"n": {"$ref": "http://x/n"}}}                        | true
          a: 5            | {"$defs": {"n": {"$id": "http://x/n"}, "m": {"$id": "http://x/n"}}} | false
          a: x            | {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}} | false
          a: {type: array} | {"properties": {"a": {"$ref": "http://json-schema.org/draft-07/schema#"}}} | true
          a: x            | {"properties": {"a": {"pattern": "["}}}                         | false
          a: x            | {"properties": {"a": {"pattern": "^(?!y)"}}}                    | false
          a: x            | {"properties": {"b": {"pattern": "(?=y)"}}}                     | false
          a: x            | {"patternProperties": {"^(?!y)": {}}}                           | false
          a: xx           | {"properties": {"a": {"pattern": "(x)\\\\1"}}}                | false
          a: x            | {"properties": {"a": {"pattern": "^(?P<n>[[:alpha:]])$"}}}      | true
          a: "x\\n"        | {"properties": {"a": {"pattern": "x$"}}}                        | false
          a: x            | {                                                               | false
          a: x            | []                                                              | false
          a: x            | true                                                            | true
          a: x            | false                                                           | false
          ``              | {"required": ["a"]}                                             | false
          ``              | {"type": "object"}                                              | true
          """)
  void aChartsOwnValues(String values, String schema, String fits) throws Exception {
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
          {sub: {a: null}}                   | a: 1          | ``               | helm4
          {sub: null}                        | a: x          | ``               | true
          {sub: {a: 1}}                      | exports: {x: {b: 1}} | import-values: [x] | false
          {a: x}                             | ``            | import-values: [{child: b, parent: sub}] | false
          ``                                 | {a: 1, b: {}} | ``               | false
          {sub: {b: null}}                   | {a: 1, b: {}} | ``               | helm3
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
  void aSubcharts(String parent, String values, String dependency, String fits) throws Exception {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/schema#",
        "https://json-schema.org/schema#",
        "http://json-schema.org/schema",
        "https://json-schema.org/schema",
        "http://json-schema.org/schema#part",
        "http://json-schema.org/draft-04/schema",
        "https://json-schema.org/draft-04/schema#",
        "https://json-schema.org/draft-06/schema",
        "http://json-schema.org/draft-06/schema#",
        "https://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema#definitions/part",
        "http://json-schema.org/draft/2019-09/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "http://json-schema.org/draft/2020-12/schema",
        "https://json-schema.org/draft/2020-12/schema#"
      })
  void aDraftIsKnownByEachOfItsUrls(String url) throws Exception {
    write("Chart.yaml", CHART.formatted("shop"));
    write("templates/a.yaml", "");
    write(
        "values.schema.json",
        "{\"$schema\": \"%s\", \"properties\": {\"a\": {\"type\": \"integer\"}}}".formatted(url));
    write("values.yaml", "a: 1\n");
    compare("true");
    write("values.yaml", "a: x\n");
    compare("false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                  | --set         | host=a                  | true
          ``                  | --set         | host=1                  | false
          ``                  | --set-string  | host=1                  | true
          ``                  | --set-json    | host="a"                | true
          ``                  | --set-json    | {"host": 1}             | false
          host: a             | --set         | host=null               | false
          host: a             | --set         | other=1                 | true
          {host: a, sub: {a: 1}} | --set      | sub.a=x                 | false
          {host: a, sub: {a: 1}} | --set      | sub.a=null              | true
          host: a             | --set         | sub=x                   | true
          {host: a, sub: {enabled: false}} | --set | sub.a=x                 | true
          {host: a, sub: {enabled: false}} | --set | `sub.a=x,sub.enabled=true`   | false
          {host: a, global: {zone: 1}} | --set | global.zone=x          | true
          """)
  void aUsersValuesLieOverTheCharts(String own, String option, String line, String fits)
      throws Exception {
    write(
        "Chart.yaml",
        CHART.formatted("shop")
            + "dependencies:\n"
            + "- {name: sub, version: 1.x.x, repository: '', condition: sub.enabled}\n");
    write("templates/a.yaml", "");
    write("values.yaml", own + "\n");
    write(
        "values.schema.json",
        "{\"required\": [\"host\"], \"properties\": {\"host\": {\"type\": \"string\"}}}");
    write("charts/sub/Chart.yaml", CHART.formatted("sub"));
    write("charts/sub/values.yaml", "a: 1\n");
    write(
        "charts/sub/values.schema.json",
        """
        {"required": ["a"], "properties": {"a": {"type": "integer"},
         "global": {"properties": {"zone": {"type": "string"}}}}}
        """);
    compare(fits, option, line);
  }
}
