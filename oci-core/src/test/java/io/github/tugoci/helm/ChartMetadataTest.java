package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.model.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Chart.yaml must have, may have and can't have. */
class ChartMetadataTest {
  private static final String REQUIRED = "apiVersion: v2\nname: hello\nversion: 1.0.0\n";

  private static ChartMetadata parse(String yaml) throws InvalidChartException {
    return ChartMetadata.parse(yaml.getBytes(UTF_8), "Chart.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"apiVersion", "name", "version"})
  void whatEveryChartHasMayNotBeMissingOrEmpty(String field) {
    for (var line : new String[] {"", field + ":\n", field + ": ''\n"}) {
      var yaml = REQUIRED.replaceAll(field + ": .*\n", line);

      assertThatThrownBy(() -> parse(yaml))
          .isInstanceOf(InvalidChartException.class)
          .hasMessage("Chart.yaml: " + field + " is missing");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: application",
        "type: library",
        "type: ''",
        "type:",
        "name: a.b",
        "name: '...'",
        "name: Hello World",
        "version: 1",
        "version: v1.2",
        "version: 1.02.3",
        "version: 1.2.3-rc.1+build.5",
        "dependencies: []",
        "dependencies: [{name: a}, {name: b}]",
        "dependencies: [{name: a}, {name: a, alias: b}]",
        "dependencies: [{name: a, alias: A_b-9}]",
        "dependencies: [{name: b, alias: a}, {name: a, alias: b}]",
        "maintainers: [{name: Ada}, {email: ada@example.com}]",
      })
  void whatHelmAcceptsIsAccepted(String line) {
    assertThatCode(() -> parse(REQUIRED + line)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: app                              | the type must be application or library",
        "type: Library                          | the type must be application or library",
        "name: .                                | the name \".\" is a path",
        "name: ..                               | the name \"..\" is a path",
        "name: a/b                              | the name \"a/b\" is a path",
        "name: a\\b                             | is a path",
        "name: \"\\u200b..\"                    | the name \"..\" is a path",
        "version: a.b                           | the version \"a.b\" is not valid",
        "version: 1.2.3.4                       | is not valid",
        "version: 1.2.3_4                       | is not valid",
        "version: ../1                          | is not valid",
        "version: []                            | version must be a text",
        "deprecated: 1                          | deprecated must be true or false",
        "keywords: a                            | keywords must be a list",
        "annotations: [a]                       | annotations must be a map",
        "annotations: {a: [b]}                  | annotations must be a text",
        "maintainers: [~]                       | maintainers must not contain null",
        "maintainers: [Ada]                     | maintainers must be a map",
        "maintainers: [{name: [Ada]}]           | maintainers.name must be a text",
        "dependencies: [~]                      | dependencies must not contain null",
        "dependencies: {name: a}                | dependencies must be a list",
        "dependencies: [{name: a}, {name: a}]   | two dependencies have the name or alias \"a\"",
        "dependencies: [{name: a}, {alias: a}]  | two dependencies have the name or alias \"a\"",
        "dependencies: [{name: a, alias: a.b}]  | the alias \"a.b\" may only have letters",
        "dependencies: [{name: a, alias: 'b '}] | the alias \"b \" may only have letters",
      })
  void whatHelmRefusesIsRefused(String line, String fault) {
    assertThatThrownBy(() -> parse(REQUIRED + line))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageStartingWith("Chart.yaml: ")
        .hasMessageContaining(fault);
  }

  @Test
  void allFieldsAreWrittenAsJsonInHelmsOrder() throws Exception {
    var metadata =
        parse(
            """
            type: library
            dependencies:
            - alias: c
              import-values: [data, {child: a, parent: b}]
              enabled: true
              tags: [x]
              condition: b.enabled
              version: ">=1"
              name: b
            kubeVersion: ">=1.20"
            annotations: {z: 1, a: true, m: ~}
            deprecated: true
            appVersion: 012
            tags: t
            condition: c
            apiVersion: v2
            icon: https://example.com/i.svg
            maintainers: [{url: https://example.com, email: a@example.com, name: Ada}]
            keywords: [k, ~]
            description: d
            version: 1.0.0
            sources: [https://example.com/s]
            home: https://example.com/h
            name: hello
            unknown: left out
            """);

    assertThat(metadata.toJson())
        .isEqualTo(
            Bytes.of(
                ("{'name':'hello','home':'https://example.com/h',"
                        + "'sources':['https://example.com/s'],'version':'1.0.0',"
                        + "'description':'d','keywords':['k',''],"
                        + "'maintainers':[{'name':'Ada','email':'a@example.com',"
                        + "'url':'https://example.com'}],'icon':'https://example.com/i.svg',"
                        + "'apiVersion':'v2','condition':'c','tags':'t','appVersion':'10',"
                        + "'deprecated':true,'annotations':{'a':'true','m':'','z':'1'},"
                        + "'kubeVersion':'\\u003e=1.20','dependencies':[{'name':'b',"
                        + "'version':'\\u003e=1','repository':'','condition':'b.enabled',"
                        + "'tags':['x'],'enabled':true,'import-values':['data',"
                        + "{'child':'a','parent':'b'}],'alias':'c'}],'type':'library'}")
                    .replace('\'', '"')));
    assertThat(metadata.appVersion()).contains("10");
    assertThat(metadata.icon()).contains("https://example.com/i.svg");
    assertThat(metadata.type()).contains("library");
    assertThat(metadata.dependencies()).containsExactly(new ChartDependency("b", ">=1", "", "c"));
    assertThat(metadata.annotations()).isEqualTo(Map.of("a", "true", "m", "", "z", "1"));
  }

  @Test
  void namesOfFieldsMatchInAnyCaseAsInGo() throws Exception {
    var metadata = parse("APIVERSION: v2\nName: hello\nversion: 1.0.0\nVersion: 0.9.0\n");

    assertThat(metadata).hasToString("hello-1.0.0");
  }

  @Test
  void whiteSpaceBecomesASpaceAndTheUnprintableGoes() throws Exception {
    var metadata =
        parse(
            REQUIRED
                + "description: \"a\\tb\\nc\\_d\\u2028e\\u200bf\\a\\ue000\\U000F0000 \\U0001F600\"\n"
                + "keywords: [\"k\\u2060w\"]\n"
                + "maintainers: [{name: \"A\\tB\"}]\n"
                + "annotations: {note: \"a\\tb\"}\n");

    assertThat(metadata.description()).contains("a b c d ef \uD83D\uDE00");
    assertThat(metadata.asMap()).containsEntry("keywords", List.of("kw"));
    assertThat(metadata.maintainers()).containsExactly(new ChartMaintainer("A B", null, null));
    assertThat(metadata.annotations()).containsEntry("note", "a\tb");
  }

  @ParameterizedTest
  @CsvSource({
    "Ada, ada@example.com, Ada (ada@example.com)",
    "Ada, , Ada",
    "Ada, '', Ada",
    ", ada@example.com, ' (ada@example.com)'",
  })
  void anAuthorIsANameWithAMailAddress(String name, String email, String author) {
    assertThat(new ChartMaintainer(name, email, null).author()).isEqualTo(author);
  }
}
