package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.helm.ChartFinding.Rules;
import io.github.tugoci.helm.ChartFinding.Severity;
import io.github.tugoci.model.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a chart, what is none, and what belongs to it. */
class ChartTest {
  private static final String SUBCHART = "name: x\nversion: 2.0.0\n";

  private final Path folder;

  ChartTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ChartSource hello() throws Exception {
    return ChartSource.v2(folder.resolve("hello"), "hello");
  }

  @Test
  void filesAreFoundByTheirPathInTheChart() throws Exception {
    var chart = hello().with("templates/a.yaml", "a").with("charts/x/Chart.yaml", SUBCHART).read();

    assertThat(chart.file("templates/a.yaml")).contains(Bytes.of("a"));
    assertThat(chart.file("templates/b.yaml")).isEmpty();
    assertThat(chart.file("charts/x/Chart.yaml")).isEmpty();
    assertThat(chart.subcharts())
        .extracting(subchart -> subchart.metadata().toString())
        .containsExactly("x-2.0.0");
  }

  @Test
  void aChartWithoutApiVersionIsOneOfHelm2() throws Exception {
    var chart = hello().with("charts/x/Chart.yaml", SUBCHART).read();

    assertThat(chart.subcharts().get(0).metadata().apiVersion()).isEqualTo("v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {".gitkeep", "_notes", ".cache/Chart.yaml", "_old/values.yaml"})
  void hiddenAndUnderscoredNamesAreNoSubcharts(String name) throws Exception {
    var source = hello().with("charts/" + name, "what: ever");

    assertThat(source.read().subcharts()).isEmpty();
    assertThat(source.names()).containsExactly("hello/Chart.yaml");
  }

  @ParameterizedTest
  @CsvSource({
    "charts/README.md, README.md: Chart.yaml is missing",
    "charts/x/values.yaml, x: Chart.yaml is missing",
    "charts/x.tgz/values.yaml, x.tgz: a directory is named like an archive",
    "charts/x/Chart.yaml, version is missing",
    "values.yaml, values.yaml must contain a map",
    "Chart.lock, Chart.lock must contain a map",
    "requirements.yaml, requirements.yaml must contain a map",
  })
  void whatBelongsNowhereIsRefusedByName(String file, String fault) throws Exception {
    var content = file.endsWith("/Chart.yaml") ? "name: x" : "- 1";
    var source = hello().with(file, content);

    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidChartException.class)
        .hasMessageStartingWith(source.folder().toString())
        .hasMessageContaining(fault);
  }

  @Test
  void aSubchartThatIsNoArchiveIsNamed() throws Exception {
    var source = hello().with("charts/x-1.0.0.tgz", "no archive");

    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("x-1.0.0.tgz: the archive is damaged");
  }

  @Test
  void subchartsAreNestedToALimit() throws Exception {
    var source = hello().with("charts/x/".repeat(20) + "Chart.yaml", SUBCHART);
    for (int depth = 1; depth < 20; depth++) {
      source.with("charts/x/".repeat(depth) + "Chart.yaml", SUBCHART);
    }
    assertThat(source.read().subcharts()).hasSize(1);

    source.with("charts/x/".repeat(21) + "Chart.yaml", SUBCHART);
    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("nested deeper than 20");
  }

  @Test
  void aLinkIsFollowed() throws Exception {
    var source = hello();
    Files.writeString(folder.resolve("outside.yaml"), "a: 1\n");
    Files.createSymbolicLink(
        source.folder().resolve("values.yaml"), folder.resolve("outside.yaml"));

    assertThat(source.read().file("values.yaml")).contains(Bytes.of("a: 1\n"));
  }

  @Test
  void aLinkThatLeadsInACircleOrNowhereIsNamed() throws Exception {
    var source = hello();
    var link = source.folder().resolve("files");
    Files.createSymbolicLink(link, source.folder());
    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("files/ is a link to a directory that it is in");

    Files.delete(link);
    Files.createSymbolicLink(link, folder.resolve("nothing"));
    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("files is a broken symbolic link to " + folder.resolve("nothing"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "files/", "fil*", "/files"})
  void aBrokenLinkThatIsIgnoredIsNotMissed(String rule) throws Exception {
    var source = hello().with(".helmignore", rule + "\n");
    Files.createSymbolicLink(source.folder().resolve("files"), folder.resolve("nothing"));

    assertThat(source.names()).containsExactly("hello/Chart.yaml", "hello/.helmignore");
  }

  @Test
  void anIgnoredDirectoryIsNotEvenLookedInto() throws Exception {
    var source = hello().with(".helmignore", "files/\n");
    Files.createSymbolicLink(source.folder().resolve("files"), source.folder());

    assertThat(source.names()).containsExactly("hello/Chart.yaml", "hello/.helmignore");
  }

  @Test
  void anIgnoreFileThatHelmCantReadIsNamed() throws Exception {
    var source = hello().with(".helmignore", "\uFEFF**/x\n");

    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining(".helmignore: invalid pattern \"**/x\": ** is not supported");
  }

  @Test
  void aDirectoryOverTheLimitsIsRefused() throws Exception {
    var source = hello().with("a", "x".repeat(100)).with("b", "x".repeat(100));
    long metadata = Files.size(source.folder().resolve("Chart.yaml"));

    assertThat(Chart.read(source.folder(), new ChartLimits(100, metadata + 200)).file("b"))
        .isPresent();
    assertThatThrownBy(() -> Chart.read(source.folder(), new ChartLimits(99, 1000)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("a has 100 bytes, over the limit of 99");
    assertThatThrownBy(() -> Chart.read(source.folder(), new ChartLimits(100, metadata + 199)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("b: the chart has more than");
  }

  @Test
  void anArchiveIsReadUpToTheLimits() throws Exception {
    var source = hello().with("a", "x".repeat(100)).with("b", "x".repeat(100));
    var archive =
        ChartPackager.reproducible().write(Chart.read(source.folder()), folder.resolve("out"));
    long metadata = Files.size(source.folder().resolve("Chart.yaml"));

    assertThat(Chart.read(archive.path(), new ChartLimits(100, metadata + 200)).file("b"))
        .isPresent();
    assertThatThrownBy(() -> Chart.read(archive.path(), new ChartLimits(99, 1000)))
        .isInstanceOf(LimitExceededException.class);
    assertThatThrownBy(() -> Chart.read(archive.path(), new ChartLimits(100, metadata + 199)))
        .isInstanceOf(LimitExceededException.class);
  }

  @Test
  void aFileMayBeAsLargeAsAChart() throws Exception {
    var source = hello().with("large", "x".repeat((5 << 20) + 1));
    var archive =
        ChartPackager.reproducible().write(Chart.read(source.folder()), folder.resolve("out"));

    assertThat(Chart.read(archive.path()).file("large")).isPresent();
    assertThat(ChartArchive.open(archive.path()).metadata().name()).isEqualTo("hello");
    assertThatThrownBy(
            () -> ChartArchive.open(archive.path(), ChartLimits.HELM.withFileSize(5 << 20)))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("hello/large in the archive has 5242881 bytes");
    assertThat(ChartLint.lint(source.folder(), ChartLimits.HELM))
        .contains(
            new ChartFinding(Severity.WARNING, "large", "is larger than 5 MiB", Rules.HELM_3));
  }

  @Test
  void aLimitForAFileThatIsHigherRaisesThatOfTheChart() {
    assertThat(ChartLimits.HELM.withFileSize(200 << 20))
        .isEqualTo(new ChartLimits(200 << 20, 200 << 20));
    assertThat(ChartLimits.HELM.withFileSize(5)).isEqualTo(new ChartLimits(5, 100 << 20));
    assertThatThrownBy(() -> ChartLimits.HELM.withFileSize(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNoDirectoryIsToldFromWhatIsNoChart() throws Exception {
    Files.createDirectories(folder.resolve("empty"));

    assertThatThrownBy(() -> Chart.read(folder.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> Chart.read(folder.resolve("empty")))
        .isInstanceOf(InvalidChartException.class)
        .hasMessage(folder.resolve("empty") + ": not a chart directory: it has no Chart.yaml");
    assertThatThrownBy(() -> Chart.read(Path.of("/dev/null")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("/dev/null: the archive is damaged: it ends too early");
  }

  @Test
  void aChangedVersionIsCheckedToo() throws Exception {
    var metadata = hello().read().metadata();

    assertThat(metadata.withVersion("2.0.0").withAppVersion("7").toJson())
        .isEqualTo(
            Bytes.of(
                "{\"name\":\"hello\",\"version\":\"2.0.0\",\"apiVersion\":\"v2\","
                    + "\"appVersion\":\"7\"}"));
    assertThatThrownBy(() -> metadata.withVersion("a.b"))
        .isInstanceOf(InvalidChartException.class)
        .hasMessageContaining("\"a.b\" is not valid");
  }

  @Test
  void ofAFileThatComesTwiceInAnArchiveTheLaterMetadataHolds() throws Exception {
    var archive =
        ChartArchiveEntry.archive(
            ChartArchiveEntry.chartYaml(),
            ChartArchiveEntry.file("hello/Chart.yaml", "version: 1.0.1"));

    assertThat(
            Chart.read(new ByteArrayInputStream(archive), ChartLimits.HELM, "x")
                .metadata()
                .toString())
        .isEqualTo("hello-1.0.1");
  }
}
