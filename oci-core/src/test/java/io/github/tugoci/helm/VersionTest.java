package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0, 0, '', ''",
    "v1.2, 1, 2, 0, '', ''",
    "1.02.3, 1, 2, 3, '', ''",
    "1.2.3, 1, 2, 3, '', ''",
    "1.2.3-rc.1+b.07, 1, 2, 3, rc.1, b.07",
    "1.2-beta, 1, 2, 0, beta, ''",
    "1+build, 1, 0, 0, '', build",
    "1.0.0--, 1, 0, 0, -, ''",
    "1.0.0-0a.00a, 1, 0, 0, 0a.00a, ''",
    "9223372036854775807.0.0, 9223372036854775807, 0, 0, '', ''",
  })
  void aVersionIsReadAsLooselyAsInHelm(
      String text, long major, long minor, long patch, String prerelease, String metadata) {
    assertThat(SemanticVersion.parse(text))
        .contains(new SemanticVersion(major, minor, patch, prerelease, metadata, text));
    assertThat(SemanticVersion.parse(text).orElseThrow()).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "a.b",
        "latest",
        "1.",
        ".1",
        "1.2.3.4",
        "1..2",
        "V1",
        "vv1",
        " 1",
        "1 ",
        "1.x",
        "-1",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-a..b",
        "1.0.0-01",
        "1.0.0-rc.00",
        "1.0.0_b",
        "1.0.0-ä",
        "99999999999999999999.0.0",
        "1.0.0\n",
      })
  void otherTextIsNoVersion(String text) {
    assertThat(SemanticVersion.parse(text)).isEmpty();
  }

  @Test
  void anEndlessVersionIsNone() {
    assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(250))).isPresent();
    assertThat(SemanticVersion.parse("1.0.0-" + "a".repeat(251))).isEmpty();
    assertThat(SemanticVersion.parse("1.0.0-" + "a.".repeat(100_000) + "a")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, true",
    "1.0.0-rc.1+b, true",
    "v1.2.3, false",
    "1.2, false",
    "01.2.3, false",
    "1.2.03, false",
    "latest, false",
  })
  void aStrictVersionHasThreePlainNumbers(String text, boolean strict) {
    assertThat(SemanticVersion.parseStrict(text).isPresent()).isEqualTo(strict);
  }

  @Test
  void versionsAreOrderedAsSemverSays() {
    var ordered =
        Stream.of(
                "0.9.9",
                "1.0.0-0",
                "1.0.0-2",
                "1.0.0-11",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "1.10.0",
                "2.0.0-a",
                "2.0.0")
            .map(text -> SemanticVersion.parse(text).orElseThrow())
            .toList();
    var shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(shuffled).isNotEqualTo(ordered);
    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ordered);
  }

  @Test
  void buildMetadataAndMissingNumbersDoNotCountInTheOrder() {
    var one = SemanticVersion.parse("1").orElseThrow();

    assertThat(one).isEqualByComparingTo(SemanticVersion.parse("v1.0.0+b").orElseThrow());
    assertThat(one).isNotEqualTo(SemanticVersion.parse("1.0.0").orElseThrow());
  }

  @Test
  void aPlusIsAnUnderscoreInATag() {
    assertThat(SemanticVersion.toTag("1.0.0+b.1")).isEqualTo("1.0.0_b.1");
    assertThat(SemanticVersion.fromTag("1.0.0_b.1")).isEqualTo("1.0.0+b.1");
    assertThat(SemanticVersion.parse("1.0.0-rc").orElseThrow().isPrerelease()).isTrue();
    assertThat(SemanticVersion.parse("1.0.0+rc").orElseThrow().isPrerelease()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.0, 7f3c, 1.2.0-7f3c",
    "1.2.0, 123456789012, 1.2.0-123456789012",
    "1.2.0, 012345678901, 1.2.0-g012345678901",
    "1.2.0, 0, 1.2.0-0",
    "1.2.0, 12345678e901, 1.2.0-12345678e901",
    "1.2.0-rc.1, 012, 1.2.0-rc.1-012",
    "1.2.0+linux, abc, 1.2.0-abc+linux",
    "1.2, v1.02, 1.2-gv1-02",
    "1.2.0, a_b, 1.2.0-a-b",
    "1.2.0, a..b, 1.2.0-ga--b",
  })
  void moreWordsOfAPrereleaseAreMadeValid(String version, String words, String expected) {
    var extended = SemanticVersion.parse(version).orElseThrow().withPrerelease(words);
    assertThat(extended).hasToString(expected);
    assertThat(SemanticVersion.parse(expected)).contains(extended);
  }

  @Test
  void aVersionHasItsEnd() {
    var version = SemanticVersion.parse("1.0.0").orElseThrow();
    assertThatThrownBy(() -> version.withPrerelease("a".repeat(251)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void aVersionOfAnyLengthIsRefusedWithoutADeepStack() {
    assertThat(SemanticVersion.parse("1.0.0-a" + ".a".repeat(50_000))).isEmpty();
    assertThat(SemanticVersion.parseStrict("1.0.0-a" + ".a".repeat(50_000))).isEmpty();
  }
}
