package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidChartException;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartLockTest {
  private static ChartLock parse(String yaml) throws InvalidChartException {
    return ChartLock.parse(yaml.getBytes(UTF_8), "Chart.lock");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-02T03:04:05Z, 2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05+00:00, 2024-01-02T03:04:05Z",
    "2024-01-02T03:04:05.120-07:00, 2024-01-02T03:04:05.12-07:00",
    "2024-01-02T03:04:05.000000001+02:00, 2024-01-02T03:04:05.000000001+02:00",
  })
  void timesAreWrittenAsGoDoes(String time, String written) throws Exception {
    assertThat(parse("generated: \"" + time + "\"").generated()).isEqualTo(written);
  }

  @Test
  void timesAreWrittenInTheSameDigitsEverywhere() {
    var locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(ChartLock.format(OffsetDateTime.parse("2024-01-02T03:04:05.678+02:00")))
          .isEqualTo("2024-01-02T03:04:05.678+02:00");
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void anEmptyLockHasTheTimeThatGoHasForNone() throws Exception {
    assertThat(parse("")).isEqualTo(new ChartLock("0001-01-01T00:00:00Z", "", null));
    assertThat(new String(parse("").toYaml(), UTF_8))
        .isEqualTo("dependencies: null\ndigest: \"\"\ngenerated: \"0001-01-01T00:00:00Z\"\n");
  }

  @ParameterizedTest
  @CsvSource({
    "generated: yesterday, generated is not a time",
    "generated: [], generated must be a text",
    "dependencies: 1, dependencies must be a list",
    "dependencies: [~], dependencies must not contain null",
    "dependencies: [1], dependencies must be a map",
    "[], must contain a map",
  })
  void whatIsNoLockIsRefused(String yaml, String fault) {
    assertThatThrownBy(() -> parse(yaml))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("Chart.lock")
        .hasMessageContaining(fault);
  }
}
