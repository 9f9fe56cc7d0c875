package io.github.tugoci.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long SECOND = 1_000_000_000L;

  private final Speed speed = new Speed();

  @Test
  void oneSampleSaysNothing() {
    assertThat(speed.at(5 * SECOND, 1000)).isEmpty();
    assertThat(speed.at(5 * SECOND, 2000)).isEmpty();
  }

  @Test
  void onlyTheLastSecondsCount() {
    speed.at(0, 0);
    assertThat(speed.at(SECOND, 1000)).hasValue(1000);
    assertThat(speed.at(2 * SECOND, 1000)).hasValue(500);
    speed.at(6 * SECOND, 1000);
    assertThat(speed.at(7 * SECOND, 6000)).hasValue(1000);
  }

  @Test
  void aPauseIsSeenAsOne() {
    speed.at(0, 0);
    speed.at(SECOND, 9000);
    speed.at(20 * SECOND, 9000);
    assertThat(speed.at(21 * SECOND, 9000)).hasValue(0);
  }
}
