package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "acme/charts/web",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a---b",
        "a.b_c__d--e/0.1",
      })
  void aNameByTheGrammarIsKeptAsItIs(String name) {
    assertThat(RepositoryName.parse(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, has no repository name",
    "/a, 0, has an empty path component",
    "a/, 2, has an empty path component",
    "a//b, 2, has an empty path component",
    "acme/Web, 5, has an upper-case letter 'W'",
    "acme/web-UI, 9, has an upper-case letter 'U'",
    "a/b c, 3, has ' ' in a name",
    "a:b, 1, has ':' in a name",
    "a\\b, 1, has '\\' in a name",
    "café, 3, has 'é' in a name",
    ".a, 0, has a misplaced '.'",
    "a., 1, has a misplaced '.'",
    "a..b, 1, has a misplaced '.'",
    "a___b, 1, has a misplaced '_'",
    "a._b, 1, has a misplaced '.'",
    "-a, 0, has a misplaced '-'",
    "ok/a-, 4, has a misplaced '-'",
    "a/../b, 2, has a misplaced '.'",
  })
  void aFaultIsPointedAt(String name, int position, String fault) {
    var e = refused(name);
    assertThat(e.position()).isEqualTo(position);
    assertThat(e.fault()).isEqualTo(fault);
  }

  @Test
  void anUpperCaseNameComesWithItsLowerCaseForm() {
    assertThat(refused("acme/WebShop").hint()).isEqualTo("names are lower-case: write webshop");
  }

  @Test
  void aNameMayHave255Characters() {
    assertThat(new RepositoryName("a".repeat(255)).value()).hasSize(255);

    var e = refused("a".repeat(256));
    assertThat(e.position()).isEqualTo(255);
    assertThat(e.fault()).isEqualTo("has a name of 256 characters");
  }

  @Test
  void aChildIsOneLevelBelow() {
    var charts = new RepositoryName("acme/charts");

    assertThat(charts.child("web")).hasToString("acme/charts/web");
    assertThat(charts.child("web").lastComponent()).isEqualTo("web");
    assertThat(new RepositoryName("web").lastComponent()).isEqualTo("web");
  }

  @Test
  void aChildIsCheckedToo() {
    var e =
        catchThrowableOfType(
            InvalidReferenceException.class, () -> new RepositoryName("acme").child("Web"));

    assertThat(e.position()).isEqualTo(5);
  }

  private static InvalidReferenceException refused(String name) {
    return catchThrowableOfType(InvalidReferenceException.class, () -> RepositoryName.parse(name));
  }

  @ParameterizedTest
  @CsvSource({"xA, 1, A", "xZ, 1, Z", "x@, 1, @", "x[, 1, [", "x`, 1, `", "x{, 1, {", "x/:, 2, :"})
  void theNeighboursOfWhatIsAllowedAreNot(String name, int position, String character) {
    assertThatThrownBy(() -> RepositoryName.parse(name))
        .isInstanceOfSatisfying(
            InvalidReferenceException.class,
            e -> {
              assertThat(e.position()).isEqualTo(position);
              assertThat(e.fault()).contains("'" + character + "'");
            });
  }

  @Test
  void theLastOfWhatIsAllowedStandBeforeAFaultThatIsNamed() {
    assertThatThrownBy(() -> RepositoryName.parse("az09-"))
        .isInstanceOfSatisfying(
            InvalidReferenceException.class,
            e -> assertThat(e.fault()).isEqualTo("has a misplaced '-'"));
  }

  @Test
  void namesAreEqualByTheirText() {
    assertThat(RepositoryName.parse("a/b"))
        .isEqualTo(RepositoryName.parse("a/b"))
        .hasSameHashCodeAs(RepositoryName.parse("a/b"))
        .isNotEqualTo(RepositoryName.parse("a/c"))
        .isNotEqualTo("a/b");
  }
}
