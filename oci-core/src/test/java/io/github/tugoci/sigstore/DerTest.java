package io.github.tugoci.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
  private static Der parse(String hex) throws InvalidContentException {
    return Der.parse(HexFormat.of().parseHex(hex), "value");
  }

  @ParameterizedTest
  @CsvSource({
    "06032a0304, 1.2.3.4",
    "0603550403, 2.5.4.3",
    "06092b0601040183bf3001, 1.3.6.1.4.1.57264.1",
    "060388370a, 2.999.10"
  })
  void anObjectIdentifierHasDots(String hex, String dotted) throws Exception {
    assertThat(parse(hex).oid()).isEqualTo(dotted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|cut off",
        "30|cut off",
        "3001|cut off",
        "300000|bytes behind its end",
        "30800000|an unsupported length",
        "30810100|not in its shortest form",
        "3082007f|not in its shortest form",
        "308400000001|an unsupported length",
        "1f810101|a tag of several bytes",
      })
  void whatIsNotDerIsRefused(String hex, String reason) {
    assertThatThrownBy(() -> parse(hex == null ? "" : hex))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("invalid value: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0600", "060180", "06072affffffffff7f", "020101"})
  void whatIsNotAnObjectIdentifierIsRefused(String hex) {
    assertThatThrownBy(() -> parse(hex).oid()).isInstanceOf(InvalidContentException.class);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    for (int size : new int[] {0, 1, 127, 128, 255, 256, 65535, 65536}) {
      var encoded = Der.encode(Der.SEQUENCE, Der.encode(Der.OCTET_STRING, new byte[size]));

      var value = Der.parse(encoded, "value");
      assertThat(value.encoded()).isEqualTo(encoded);
      assertThat(value.child(Der.SEQUENCE).content(Der.OCTET_STRING)).hasSize(size);
    }
  }
}
