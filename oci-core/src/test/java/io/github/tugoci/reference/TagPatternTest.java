package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tags a pattern chooses. */
class TagPatternTest {
  @ParameterizedTest
  @CsvSource({
    "*, latest",
    "1.*, 1.2.0",
    "1.?, 1.2",
    "***-rc*, 1.0-rc1",
    "v[0-9].[0-9], v1.2",
    "[!v]*, 1.2",
    "[^v]*, 1.2",
    "[a.-]x, -x",
    "acme/app:1, acme/app:1",
    "[[]x, [x",
  })
  void aPatternFits(String pattern, String tag) {
    assertThat(TagPattern.parse(pattern).matches(tag)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1.*, 11.2",
    "1.?, 1.22",
    "1.2, 1x2",
    "v[0-9], vx",
    "[!v]*, v1",
    "(a|b), a",
    "a+, aa",
    "x, xx",
  })
  void anotherDoesNot(String pattern, String tag) {
    assertThat(TagPattern.parse(pattern).matches(tag)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v[0-9", "v[]", "[!]", "[z-a]"})
  void aMalformedPatternIsRefused(String pattern) {
    assertThatThrownBy(() -> TagPattern.parse(pattern))
        .isInstanceOf(InvalidReferenceException.class)
        .hasMessageContaining("tag pattern");
  }

  @Test
  void aChoiceTakesWhatFitsAndLeavesWhatIsExcluded() {
    var tags = List.of("1.0", "1.1", "1.1-rc1", "latest");

    assertThat(chosen(tags, List.of("1.*"), List.of("*-rc*", "1.0"))).containsExactly("1.1");
    assertThat(chosen(tags, List.of(), List.of("latest"))).hasSize(3);
    assertThat(chosen(tags, List.of(), List.of())).isEqualTo(tags);
    assertThat(TagPattern.parse("1.*")).hasToString("1.*");
  }

  private static List<String> chosen(List<String> tags, List<String> include, List<String> not) {
    return tags.stream().filter(TagPattern.choice(parse(include), parse(not))).toList();
  }

  private static List<TagPattern> parse(List<String> patterns) {
    return patterns.stream().map(TagPattern::parse).toList();
  }
}
