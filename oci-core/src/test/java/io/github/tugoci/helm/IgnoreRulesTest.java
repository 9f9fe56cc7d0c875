package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
  @ParameterizedTest
  @CsvSource({
    "*.bak, values.bak, true",
    "*.bak, docs/deep/a.bak, true",
    "*.bak, a.bak.txt, false",
    "a*c, a/c, false",
    "a*c, dir/abbc, true",
    "docs/*.md, docs/a.md, true",
    "docs/*.md, docs/deep/a.md, false",
    "docs/*.md, x/docs/a.md, false",
    "/README.md, README.md, true",
    "/README.md, docs/README.md, false",
    "?.txt, a.txt, true",
    "?.txt, ab.txt, false",
    "[a-c]x, bx, true",
    "[a-c]x, dx, false",
    "[^a-c]x, dx, true",
    "[^a-c]x, bx, false",
    "[!a]x, bx, false",
    "[z-a]x, zx, false",
    "[^z-a]x, zx, true",
    "[z-ab]x, bx, true",
    "docs[/]a, docs/a, true",
    "a.b, axb, false",
    "\\*.txt, *.txt, true",
    "\\*.txt, a.txt, false",
    "(a|b)+, (a|b)+, true",
    "ü?, üö, true",
    "A.txt, a.txt, false",
  })
  void aPatternNamesFilesAsGosDo(String pattern, String path, boolean ignored) {
    assertThat(IgnoreRules.parse(pattern).ignores(path, false)).isEqualTo(ignored);
  }

  @ParameterizedTest
  @CsvSource({
    "docs/, docs, true, true",
    "docs/, docs, false, false",
    "docs/, a/docs, true, true",
    "/docs/, docs, true, true",
    "/docs/, a/docs, true, false",
    "docs, docs, true, true",
    "docs, docs, false, true",
  })
  void aSlashAtTheEndMeansDirectories(
      String pattern, String path, boolean directory, boolean ignored) {
    assertThat(IgnoreRules.parse(pattern).ignores(path, directory)).isEqualTo(ignored);
  }

  @Test
  void anExclamationMarkIgnoresAllThatDoesNotMatch() {
    var rules = IgnoreRules.parse("!*.yaml");

    assertThat(rules.ignores("README.md", false)).isTrue();
    assertThat(rules.ignores("values.yaml", false)).isFalse();
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    var rules = IgnoreRules.parse("secret.yaml\n!*.yaml\n");

    assertThat(rules.ignores("secret.yaml", false)).isTrue();
    assertThat(rules.ignores("values.yaml", false)).isFalse();
  }

  @Test
  void linesAreTrimmedAndCommentsAreNone() {
    var rules = IgnoreRules.parse("# *.yaml\n\n   *.bak\t\r\n#x\n");

    assertThat(rules.ignores("a.yaml", false)).isFalse();
    assertThat(rules.ignores("a.bak", false)).isTrue();
    assertThat(rules.ignores("#x", false)).isFalse();
  }

  @Test
  void hiddenFilesInTemplatesAreIgnoredWithOrWithoutAFile() {
    for (var rules : new IgnoreRules[] {IgnoreRules.defaults(), IgnoreRules.parse("")}) {
      assertThat(rules.ignores("templates/.swp", false)).isTrue();
      assertThat(rules.ignores("templates/a.yaml", false)).isFalse();
      assertThat(rules.ignores("templates/sub/.swp", false)).isFalse();
      assertThat(rules.ignores(".helmignore", false)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/a", "a**", "[a", "[a-", "[]", "[^]", "[-a]", "a\\", "[\\"})
  void aPatternThatGoRefusesIsRefused(String pattern) {
    assertThatThrownBy(() -> IgnoreRules.parse(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(pattern);
  }
}
