package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentMapTest {
  private final RecentMap<String, Integer> map = new RecentMap<>(2);

  @Test
  void keepsWhatWasUsedLast() {
    map.put("a", 1);
    map.put("b", 2);
    assertThat(map.get("a")).isEqualTo(1);

    map.put("c", 3);

    assertThat(map.get("b")).isNull();
    assertThat(map.values()).containsExactly(1, 3);
    assertThat(map.size()).isEqualTo(2);
  }

  @Test
  void makesWhatIsMissingOnce() {
    assertThat(map.computeIfAbsent("a", key -> key.length())).isEqualTo(1);
    assertThat(map.computeIfAbsent("a", key -> 7)).isEqualTo(1);
    assertThat(map.size()).isEqualTo(1);
  }
}
