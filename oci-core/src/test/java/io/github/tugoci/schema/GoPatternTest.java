package io.github.tugoci.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns mean what they mean in Go; the verdicts were compared with those of the real Helms. */
class GoPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ | a-b       | true
          ^[a-z0-9]([-a-z0-9]*[a-z0-9])?$ | a-        | false
          b                               | abc       | true
          ``                              | a         | true
          (?P<n>a)b                       | ab        | true
          (?<n>a)b                        | ab        | true
          (?i)A                           | a         | true
          (?i:A)b                         | aB        | false
          (?i)A(?-i)b                     | aB        | false
          (?i)k                           | \u212a    | true
          (?U)a+                          | a         | true
          a{2,3}                          | aa        | true
          a{,2}                           | a{,2}     | true
          a{01}                           | a{01}     | true
          a{                              | a{        | true
          }]                              | }]        | true
          ^.$                             | `\r`      | true
          ^.$                             | `\n`      | false
          (?s)^.$                         | `\n`      | true
          a$                              | `a\n`     | false
          (?m)a$                          | `a\nb`    | true
          (?m:^)b                         | `a\nb`    | true
          ^\\s$                           | `\13`     | false
          ^\\w$                           | é         | false
          \\bb                            | éb        | true
          [[:alpha:]]                     | a         | true
          [[:^alpha:]]                    | a         | false
          [^[:space:]]                    | a         | true
          [[a]]                           | a]        | true
          [[a]]                           | a         | false
          ^[]a]$                          | ]         | true
          ^[a-]$                          | -         | true
          ^[\\d-x]$                       | -         | true
          ^[&&a]$                         | &         | true
          ^[^\\p{L}]$                     | 1         | true
          \\p{Greek}                      | α         | true
          \\p{Uppercase_Letter}           | A         | true
          \\p{^L}                         | a         | false
          ^\\P{L}$                        | 1         | true
          \\x41                           | A         | true
          \\x{1F600}                      | 😀        | true
          \\101                           | A         | true
          \\Qa.b\\E                       | a.b       | true
          \\Qa.b\\E                       | axb       | false
          \\_\\-\\/                       | _-/       | true
          """)
  void aPatternMatchesWhatItMatchesInGo(String pattern, String text, boolean matches) {
    assertThat(GoPattern.compile(pattern).matcher(text).find()).isEqualTo(matches);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(?!x)",
        "(?=a)a",
        "(?<=a)b",
        "(?<!a)b",
        "(?>a)",
        "(?#a)",
        "(?x)a",
        "(a)\\1",
        "\\k<n>",
        "a++",
        "a*+",
        "a**",
        "a{2}{3}",
        "a{1001}",
        "a{3,2}",
        "*",
        "+a",
        "a|*",
        "(*)",
        "(",
        ")",
        "[",
        "[z-a]",
        "[a-\\d]",
        "[[:foo:]]",
        "\\",
        "\\y",
        "\\é",
        "\\Z",
        "\\G",
        "\\R",
        "\\h",
        "\\cA",
        "\\u0041",
        "\\8",
        "\\x{110000}",
        "\\p{Foo}",
        "\\p{IsGreek}",
        "\\p{javaLowerCase}"
      })
  void whatGoHasNotIsRefused(String pattern) {
    assertThatThrownBy(() -> GoPattern.compile(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("invalid pattern \"" + pattern + "\": ")
        .hasMessageEndingWith("(patterns are Go's: RE2)");
  }
}
