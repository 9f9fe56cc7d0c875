package io.github.tugoci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux/amd64,    linux/amd64,    true",
    "linux/amd64,    linux/arm64,    false",
    "linux/amd64,    windows/amd64,  false",
    "linux/arm64,    linux/arm64/v8, true",
    "linux/arm64/v8, linux/arm64,    true",
    "linux/arm64/v8, linux/arm64/v8, true",
    "linux/arm64/v9, linux/arm64/v8, false",
    "linux/arm64,    linux/arm64/v9, false",
    "linux/arm/v7,   linux/arm,      true",
    "linux/arm/v6,   linux/arm/v7,   false",
    "linux/arm,      linux/arm/v7,   false",
    "linux/amd64,    linux/amd64/v2, false",
  })
  void anImageServesThePlatformThatIsWanted(String image, String wanted, boolean serves) {
    assertThat(Platform.parse(image).serves(Platform.parse(wanted))).isEqualTo(serves);
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux/amd64", "linux/arm/v7", "windows/amd64"})
  void aPlatformIsWrittenAsItWasRead(String text) {
    assertThat(Platform.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "linux", "linux/", "/amd64", "linux//v7", "linux/arm/v7/x", "linux/arm/"})
  void anotherFormIsRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Platform.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("linux/arm64");
  }
}
