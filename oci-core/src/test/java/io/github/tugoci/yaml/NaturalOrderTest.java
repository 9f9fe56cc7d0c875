package io.github.tugoci.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Letters are compared as letters, numbers as numbers, and what is neither as it stands. */
class NaturalOrderTest {
  @ParameterizedTest
  @CsvSource({
    "a, b",
    "a, ab",
    "B, a",
    "'', a",
    "alpha2, alpha10",
    "alpha02, alpha3",
    "a1, a01",
    "a1b, a1-",
    "a-b, ab",
    "a.b, a_b",
    "a0, aa",
    "1, a",
    "1.2, 1.10",
    "v10, v100",
    "v100, v101",
    "v19, v20",
    "x9999999999, x10000000000",
    "ä, ö",
    "example.com/a, example.com/b",
  })
  void theSmallerKeyComesFirst(String smaller, String larger) {
    assertThat(NaturalOrder.KEYS.compare(smaller, larger)).isNegative();
    assertThat(NaturalOrder.KEYS.compare(larger, smaller)).isPositive();
    assertThat(NaturalOrder.KEYS.compare(smaller, smaller)).isZero();
  }

  @Test
  void keysAreSortedTheSameFromAnyOrder() {
    var sorted =
        Arrays.asList(
            "", "1", "2", "3", "3a1", "a", "a0", "a00", "a000", "aa", "A1", "b", "b1", "d", "d1");
    Collections.sort(sorted, NaturalOrder.KEYS);
    var shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(7));

    shuffled.sort(NaturalOrder.KEYS);

    assertThat(shuffled).isEqualTo(sorted);
  }
}
