package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The time of one operation, which belongs to its thread. */
class OperationDeadlineTest {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void thereIsNoneUntilItBegins() {
    OperationDeadline.extend(Duration.ofHours(1));

    assertThat(OperationDeadline.left()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @SuppressWarnings("try") // the deadlines are begun and ended, and not asked
  void theInnerOneCountsUntilItEnds() {
    try (var outer = OperationDeadline.begin(Duration.ofHours(4))) {
      assertThat(OperationDeadline.left()).isBetween(3 * HOUR, 4 * HOUR);
      try (var inner = OperationDeadline.begin(Duration.ofHours(2))) {
        assertThat(OperationDeadline.left()).isBetween(HOUR, 2 * HOUR);
      }
      assertThat(OperationDeadline.left()).isBetween(3 * HOUR, 4 * HOUR);
    }
    assertThat(OperationDeadline.left()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  @SuppressWarnings("try")
  void aPauseIsNotCounted() {
    try (var scope = OperationDeadline.begin(Duration.ofHours(2))) {
      OperationDeadline.extend(Duration.ofHours(6));

      assertThat(OperationDeadline.left()).isBetween(7 * HOUR, 8 * HOUR);
    }
  }
}
