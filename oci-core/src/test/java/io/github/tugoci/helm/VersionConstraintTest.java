package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.error.NotFoundException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Constraints as Masterminds/semver documents them (README, "Checking Version Constraints"). */
class VersionConstraintTest {
  @ParameterizedTest(name = "{0} allows {1}")
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          1.2.3                : 1.2.3 1.2.3+build v1.2.3
          =1.2.3-rc.1          : 1.2.3-rc.1
          1.2                  : 1.2.0 1.2.9
          1                    : 1.0.0 1.9.9
          *                    : 0.0.1 9.9.9
          x                    : 0.0.1 9.9.9
          1.2.x                : 1.2.0 1.2.9
          1.*                  : 1.0.0 1.99.0
          != 1.2.3             : 1.2.2 1.2.4
          !=1.2                : 1.1.9 1.3.0
          !=1.x                : 0.9.0 2.0.0
          >1.2.3               : 1.2.4 2.0.0
          >11                  : 12.0.0
          >11.1                : 11.2.0 12.0.0
          >=1.2.3              : 1.2.3 2.0.0
          =>1.2                : 1.2.0 2.0.0
          <2                   : 1.9.9 0.1.0
          <=1.2.3              : 1.2.3 0.1.0
          <=11                 : 11.0.0 11.9.9 1.0.0
          =<1.2                : 1.2.9 1.0.0
          ~1.2.3               : 1.2.3 1.2.9
          ~>1.2                : 1.2.0 1.2.9
          ~1                   : 1.0.0 1.9.9
          ^1.2.3               : 1.2.3 1.9.9
          ^1                   : 1.0.0 1.9.9
          ^0.2.3               : 0.2.3 0.2.9
          ^0.2                 : 0.2.0 0.2.9
          ^0.0.3               : 0.0.3
          ^0.0                 : 0.0.0 0.0.9
          ^0                   : 0.0.0 0.9.9
          1.2 - 1.4.5          : 1.2.0 1.4.5
          1.2.3 - 2            : 1.2.3 2.0.0 2.9.9
          >=1.0, <2.0          : 1.0.0 1.9.9
          >=1.0 <2.0           : 1.0.0 1.9.9
          >=1.0,<1.5 || ^3     : 1.4.0 3.1.0
          >=1.2.3-beta.1       : 1.2.3-beta.1 1.2.3-rc.1 1.2.3 2.0.0-a
          ~1.2.3-0             : 1.2.3-rc.1 1.2.9
          >0.0.0-0             : 0.0.1-alpha 1.0.0 9.0.0-rc.1
          *-0                  : 0.0.1-alpha 1.0.0
          """)
  void whatWillDo(String constraint, String versions) {
    var parsed = VersionConstraint.parse(constraint).orElseThrow();
    assertThat(versions.split(" ")).allMatch(version -> allows(parsed, version));
  }

  @ParameterizedTest(name = "{0} refuses {1}")
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          1.2.3                : 1.2.4 1.2.3-rc.1
          1.2                  : 1.1.9 1.3.0 1.2.1-rc.1
          *                    : 1.0.0-rc.1
          != 1.2.3             : 1.2.3 1.2.4-rc.1
          !=1.2                : 1.2.0 1.2.9
          !=1.x                : 1.0.0 1.9.9
          >1.2.3               : 1.2.3 1.0.0 2.0.0-rc.1
          >11                  : 11.0.0 11.9.9 1.0.0
          >11.1                : 11.1.9 11.0.0
          <2                   : 2.0.0 1.9.9-rc.1
          <=11                 : 12.0.0
          =<1.2                : 1.3.0 2.0.0
          ~1.2.3               : 1.2.2 1.3.0 2.2.3
          ~1                   : 2.0.0 0.9.0
          ^1.2.3               : 1.2.2 2.0.0 1.3.0-rc.1
          ^0.2.3               : 0.2.2 0.3.0 1.2.3
          ^0.0.3               : 0.0.2 0.0.4 0.1.3
          ^0.0                 : 0.1.0 1.0.0
          ^0                   : 1.0.0
          1.2 - 1.4.5          : 1.1.9 1.4.6
          >=1.0,<1.5 || ^3     : 1.5.0 2.0.0 4.0.0
          >=1.2.3-beta.1       : 1.2.3-alpha 1.2.2
          """)
  void whatWillNotDo(String constraint, String versions) {
    var parsed = VersionConstraint.parse(constraint).orElseThrow();
    assertThat(versions.split(" ")).noneMatch(version -> allows(parsed, version));
  }

  private static boolean allows(VersionConstraint constraint, String version) {
    return constraint.allows(SemanticVersion.parse(version).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "^^1",
        "a.b",
        ">=",
        "1.2.3.4",
        "1 || ",
        "|| 1",
        ">=1.0;<2",
        "1.2.3foo",
        "=>>1"
      })
  void whatIsNoConstraint(String text) {
    assertThat(VersionConstraint.parse(text)).isEmpty();
  }

  @Test
  void tagsThatAreNoWholeVersionsAreLeftOut() {
    var versions =
        ChartVersions.of(List.of("latest", "1.2", "v1.2.3", "1.2.3_b1", "1.10.0", "1.9.0-rc.1"));

    assertThat(versions.all())
        .extracting(SemanticVersion::text)
        .containsExactly("1.10.0", "1.9.0-rc.1", "1.2.3+b1");
    assertThat(versions.all().get(2).tag()).isEqualTo("1.2.3_b1");
  }

  @Test
  void anExactVersionGoesBeforeTheNewest() throws Exception {
    var versions = ChartVersions.of(List.of("1.2.3", "1.2.4", "1.3.0-rc.1"));

    assertThat(versions.choose("1.2.3", false, "x").text()).isEqualTo("1.2.3");
    assertThat(versions.choose(null, false, "x").text()).isEqualTo("1.2.4");
    assertThat(versions.choose(" ", true, "x").text()).isEqualTo("1.3.0-rc.1");
    assertThatThrownBy(() -> versions.choose("^2", false, "the chart"))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("the chart has no version ^2; the newest is 1.3.0-rc.1");
    assertThatThrownBy(() -> ChartVersions.of(List.of("latest")).choose(null, false, "it"))
        .hasMessageContaining("none of its tags is a version");
    assertThatThrownBy(() -> versions.choose("nonsense", false, "x"))
        .isInstanceOf(InvalidVersionException.class);
  }
}
