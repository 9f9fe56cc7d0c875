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
    "linux/arm64,    linux/arm64/v9, true",
    "linux/arm64/8,  linux/arm64,    true",
    "linux/arm/v7,   linux/arm,      true",
    "linux/arm/v5,   linux/arm,      true",
    "linux/arm/v8,   linux/arm,      false",
    "linux/arm/v6,   linux/arm/v7,   true",
    "linux/arm/v7,   linux/arm/v6,   false",
    "linux/arm,      linux/arm/v7,   true",
    "linux/amd64,    linux/amd64/v2, true",
    "linux/amd64/v3, linux/amd64,    false",
    "linux/amd64/v3, linux/amd64/v4, true",
    "linux/mips/r6,  linux/mips,     true",
    "linux/mips,     linux/mips/r6,  false",
    "windows(10.0.17763.2114)/amd64, windows(10.0.17763)/amd64, true",
    "windows(10.0.177631.1)/amd64,   windows(10.0.17763)/amd64, false",
    "windows/amd64,                  windows(10.0.17763)/amd64, false",
    "windows(10.0.17763.2114)/amd64, windows/amd64,             true",
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
