package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.fixture.HashedBytes;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chart that is packaged in memory, to be pushed. */
class PackedChartTest {
  private final Path temp;

  PackedChartTest(@TempDir Path temp) {
    this.temp = temp;
  }

  private Path chart(String metadata) throws IOException {
    var chart = Files.createDirectories(temp.resolve("shop"));
    Files.writeString(chart.resolve("Chart.yaml"), metadata);
    Files.writeString(chart.resolve("values.yaml"), "replicas: 1\n");
    return chart;
  }

  private void assertSameAsWritten(Path directory) throws IOException {
    var chart = Chart.read(directory);
    var packed = ChartPackager.reproducible().pack(chart);
    var written = ChartPackager.reproducible().write(chart, temp.resolve("out"));
    assertThat(packed.descriptor()).isEqualTo(written.descriptor());
    assertThat(packed.metadata().toJson()).isEqualTo(written.metadata().toJson());
    assertThat(packed.path()).isEqualTo(written.path().getFileName());
    try (var in = packed.content().open()) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(written.path()));
    }
  }

  @Test
  void itIsTheSameAsInAFile() throws Exception {
    assertSameAsWritten(chart("apiVersion: v2\nname: shop\nversion: 1.0.0\nunknown: [1]\n"));
  }

  @Test
  void soIsAnOldOneWhoseDependenciesAreInAFileOfTheirOwn() throws Exception {
    var chart = chart("name: shop\nversion: 1.0.0\n");
    Files.writeString(
        chart.resolve("requirements.yaml"),
        "dependencies:\n- name: dep\n  version: 1.0.0\n  repository: \"\"\n");
    var dependency = Files.createDirectories(chart.resolve("charts/dep"));
    Files.writeString(dependency.resolve("Chart.yaml"), "name: dep\nversion: 1.0.0\n");
    assertSameAsWritten(chart);
  }

  @Test
  void aNameThatNoReaderTakesIsRefused() throws Exception {
    var chart = chart("apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    Files.createDirectories(chart.resolve("files"));
    Files.writeString(chart.resolve("files/..\\..\\..\\evil"), "");
    var read = Chart.read(chart);
    assertThatThrownBy(() -> ChartPackager.reproducible().pack(read))
        .hasMessageContaining("outside of the chart");
  }

  @Test
  void itIsHashedOnceWhenItIsPushed() throws Exception {
    var chart = chart("apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    var content = new byte[1 << 20];
    new Random(1).nextBytes(content);
    Files.write(chart.resolve("data.bin"), content);
    try (var hashed = HashedBytes.count()) {
      var packed = ChartPackager.reproducible().pack(Chart.read(chart));
      Charts.push(OciLayout.create(temp.resolve("layout")), packed, ChartPushOptions.defaults());
      assertThat(hashed.bytes())
          .isBetween(packed.descriptor().size(), packed.descriptor().size() + 20_000);
    }
    assertThat(
            Charts.read(OciLayout.open(temp.resolve("layout")), new Tag("1.0.0"), ChartLimits.HELM))
        .isNotNull();
  }
}
