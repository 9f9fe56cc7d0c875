package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.net.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warnings are told once, and not without end. */
class WarningCollectorTest {
  private final List<String> told = new ArrayList<>();
  private final WarningCollector warnings = new WarningCollector(told::add);

  @Test
  void aRegistrysWarningIsToldWithItsName() {
    var values =
        List.of(" 299 - \"a \\\"b\\\"\u001b\" \"date\"", "199 - \"misc\"", "299 - broken", "");

    warnings.collect("ghcr.io", new Headers(Map.of("Warning", values)));

    assertThat(told).containsExactly("ghcr.io warns: a \"b\"");
  }

  @Test
  void theSameIsToldOnceAndOnlyAHundredAtAll() {
    for (int i = 0; i < 150; i++) {
      warnings.report("number " + i);
      warnings.report("number " + i);
    }

    assertThat(told).hasSize(100).endsWith("number 99").doesNotHaveDuplicates();
  }
}
