package io.github.tugoci.reference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {
  private static final String HEX = "a".repeat(64);

  @Test
  void aTagIsShownAsItIs() {
    assertThat(new Tag("1.0")).hasToString("1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".sig", ".att", ".sbom"})
  void aTagThatIsNamedAfterADigestBelongsToIt(String suffix) {
    assertThat(Tag.isDigestTag("sha256-" + HEX + suffix)).isTrue();
  }

  @Test
  void allOtherTagsStandAlone() {
    assertThat(Tag.isDigestTag("sha256-" + HEX.substring(1))).isFalse();
    assertThat(Tag.isDigestTag("latest")).isFalse();
  }
}
