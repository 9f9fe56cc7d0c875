package io.github.tugoci.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidYamlException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  /** What Helm 3.21 makes of these as an appVersion; seen by packaging with it. */
  @ParameterizedTest
  @CsvSource({
    "1.10, 1.1",
    "012, 10",
    "1.0, 1",
    "0x1F, 31",
    "0b11, 3",
    "0o17, 15",
    "089, 89",
    "0_7, 7",
    "1_000, 1000",
    "+1, 1",
    "-0, 0",
    "-0.0, -0",
    "1., 1",
    ".5, 0.5",
    "-.5, -0.5",
    "1e3, 1000",
    "1.5e3, 1500",
    "1234567e3, 1.234567e+09",
    "1e-7, 1e-07",
    "0.0001, 0.0001",
    "999999.0, 999999",
    "1000000.0, 1e+06",
    "0.3333333333333333, 0.33333334",
    "123456789.0, 1.2345679e+08",
    "1e300, +Inf",
    "1e400, 1e400",
    "1e-50, 0",
    "12345678901234567890, 12345678901234567890",
    "99999999999999999999, 1e+20",
    "yes, true",
    "Y, true",
    "on, true",
    "TRUE, true",
    "no, false",
    "n, false",
    "Off, false",
    "yEs, yEs",
    ".inf, +Inf",
    "-.Inf, -Inf",
    ".nan, NaN",
    "1:30, 1:30",
    "2024-01-01, 2024-01-01",
    "_1, _1",
    "0x, 0x",
    "1e, 1e",
    "v1.10, v1.10",
    "!!binary YWI=, ab",
    "\"1.10\", 1.10",
    "!!str 1.10, 1.10",
    "!!float 1, 1",
  })
  void aScalarIsWhatItIsInHelm(String scalar, String text) throws Exception {
    var value = map("v: " + scalar).get("v");

    assertThat(YamlScalar.text(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void nothingHasSeveralSpellings(String scalar) throws Exception {
    var map = map("v: " + scalar);

    assertThat(map).hasSize(1);
    assertThat(map.get("v")).isNull();
  }

  @Test
  void keysBecomeStrings() throws Exception {
    var text = "1: a\n1.5: b\nyes: c\n017: d\n.inf: e\n1e7: f\n99999999999999999999: g\n";

    assertThat(map(text).keySet().toArray())
        .containsExactly("1", "1.5", "true", "15", ".inf", "1e+07", "1e+20");
  }

  @Test
  void ofTwoEqualKeysTheLastWins() throws Exception {
    assertThat(read("a: 1\nb: 2\na: 3\n")).isEqualTo(Map.of("a", 3L, "b", 2L));
  }

  @Test
  void mapsAreMergedAndTheFirstOfSeveralWins() throws Exception {
    var text = "a: &a {p: 1}\nb: &b {p: 2, q: 2}\nc: {<<: [*a, *b], r: 3}\n";

    assertThat(map(text).get("c")).isEqualTo(Map.of("p", 1L, "q", 2L, "r", 3L));
  }

  @Test
  void severalDocumentsAreReadOrTheFirstAlone() throws Exception {
    var bytes = "a: 1\n---\nb: 18446744073709551615\n---\n".getBytes(UTF_8);

    assertThat(Yaml.read(bytes, "f")).isEqualTo(Map.of("a", 1L));
    assertThat(Yaml.readAll(bytes, "f"))
        .isEqualTo(
            Arrays.asList(
                Map.of("a", 1L), Map.of("b", new BigInteger("18446744073709551615")), null));
    assertThat(Yaml.read(new byte[0], "f")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a: [",
        "\ta: 1",
        "a: *unknown",
        "a: &a [*a]",
        "[a]: 1",
        "{a: 1}: 2",
        "~: 1",
        "18446744073709551615: 1",
        "a: {<<: 1}",
        "a: {<<: [1]}",
        "a: !!int x",
        "a: !%2",
        "a: !!binary '*'",
        "a: !!binary YWI",
        "a: \u0001",
      })
  void malformedTextIsRefusedByName(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("values.yaml: ");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    assertThatThrownBy(() -> Yaml.read(new byte[] {'a', ':', ' ', (byte) 0xff}, "values.yaml"))
        .isInstanceOf(InvalidYamlException.class);
  }

  @Test
  void aBombOfAliasesIsRefused() {
    var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      var before = "*a" + (i - 1);
      bomb.append("a%1$d: &a%1$d [%2$s,%2$s,%2$s,%2$s,%2$s,%2$s,%2$s]%n".formatted(i, before));
    }

    assertThatThrownBy(() -> read(bomb.toString()))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessageContaining("aliases expand too far");
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> read("[".repeat(10_000) + "]".repeat(10_000)))
        .isInstanceOf(InvalidYamlException.class);
  }

  @Test
  void aWrittenDocumentHasNaturalOrderAndListsThatAreNotIndented() {
    var document = new LinkedHashMap<String, Object>();
    document.put("alpha10", 1L);
    document.put("alpha2", List.of("x", Map.of("k", "v", "l", List.of("deep")), List.of("y", "z")));
    document.put("Upper", Map.of("a", Map.of(), "b", List.of()));
    document.put("beta", true);

    assertThat(new String(YamlWriter.write(document), UTF_8))
        .isEqualTo(
            """
            Upper:
              a: {}
              b: []
            alpha2:
            - x
            - k: v
              l:
              - deep
            - - "y"
              - z
            alpha10: 1
            beta: true
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain | plain",
        "1.10 | \"1.10\"",
        "1e3 | \"1e3\"",
        "12e5 | \"12e5\"",
        "yes | \"yes\"",
        "`` | \"\"",
        "~ | \"~\"",
        "1:30 | \"1:30\"",
        "2024-01-01 | \"2024-01-01\"",
        "<< | <<",
        "a: b | 'a: b'",
        "a #b | 'a #b'",
        "a#b | a#b",
        "- a | '- a'",
        "-a | -a",
        "*x | '*x'",
        "it's | it's",
        "'q' | '''q'''",
        "a: it's | 'a: it''s'",
        "`a\tb` | \"a\\tb\"",
        "` a` | ' a'",
        "ü | ü",
        "\u00a0x | \u00a0x",
        "\ud83d\ude00 | \"\\U0001F600\"",
        "{{ x }} | '{{ x }}'",
        "@x | '@x'",
      })
  void aTextIsQuotedOnlyWhereItMustBe(String text, String yaml) throws Exception {
    var written = new String(YamlWriter.write(Map.of("k", text)), UTF_8);

    assertThat(written).isEqualTo("k: " + yaml + "\n");
    assertThat(read(written)).isEqualTo(Map.of("k", text));
  }

  /** What asks for a stack as deep as the text is long ends in an error that nobody expects. */
  @Test
  void longTextsNeedNoDeepStack() throws Exception {
    var text = "1" + ":1".repeat(50_000);

    assertThat(YamlWriter.write(Map.of("k", text))).isNotEmpty();
    assertThatThrownBy(() -> read("a: 1\n" + "- ".repeat(50_000) + "\tb: c\n"))
        .isInstanceOf(InvalidYamlException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb\n", "a\nb", "a\n\n", "\n", " a\nb", "\na\n", "a \nb", "x\n  y\n"})
  void severalLinesReadBackAsTheyWere(String text) throws Exception {
    var written = YamlWriter.write(Map.of("k", Map.of("l", text)));

    assertThat(Yaml.read(written, "f")).isEqualTo(Map.of("k", Map.of("l", text)));
  }

  @Test
  void longLinesAreFoldedAndReadBackAsTheyWere() throws Exception {
    for (var word : List.of("word ", "a: word ", "w\u00fc\u00f6rd ", "tab\t ")) {
      var text = word.repeat(60) + "end";
      var written = new String(YamlWriter.write(Map.of("k", text)), UTF_8);

      assertThat(written.lines()).hasSizeGreaterThan(2).allMatch(line -> line.length() < 100);
      assertThat(read(written)).isEqualTo(Map.of("k", text));
    }
  }

  private static Map<?, ?> map(String text) throws InvalidYamlException {
    return (Map<?, ?>) Objects.requireNonNull(read(text));
  }

  private static @Nullable Object read(String text) throws InvalidYamlException {
    return Yaml.read(text.getBytes(UTF_8), "values.yaml");
  }

  @Test
  void strictlyReadAFileSaysEachThingOnce() throws Exception {
    assertThat(Yaml.readStrict("a: 1\nb: {a: 2}\n".getBytes(UTF_8), "p.yaml"))
        .isEqualTo(Map.of("a", 1L, "b", Map.of("a", 2L)));
    assertThat(Yaml.readStrict("w: &x {a: 1}\nz: {<<: *x, a: 2}\n".getBytes(UTF_8), "p.yaml"))
        .isEqualTo(Map.of("w", Map.of("a", 1L), "z", Map.of("a", 2L)));
    assertThatThrownBy(() -> Yaml.readStrict("b:\n  a: 1\n  a: 1\n".getBytes(UTF_8), "p.yaml"))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessage("invalid YAML in p.yaml: duplicate key a in line 3");
    assertThatThrownBy(() -> Yaml.readStrict("a: 1\n---\nb: 2\n".getBytes(UTF_8), "p.yaml"))
        .isInstanceOf(InvalidYamlException.class)
        .hasMessage("invalid YAML in p.yaml: more than one document");
    assertThat(Yaml.readStrict(new byte[0], "p.yaml")).isNull();
  }
}
