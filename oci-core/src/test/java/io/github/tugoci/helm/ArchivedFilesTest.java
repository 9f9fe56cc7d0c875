package io.github.tugoci.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives whose maker means harm. */
class ArchivedFilesTest {
  private static Chart read(ChartLimits limits, byte... archive) throws Exception {
    return Chart.read(new ByteArrayInputStream(archive), limits, "bad.tgz");
  }

  private static Chart read(ChartArchiveEntry... entries) throws Exception {
    return read(ChartLimits.HELM, ChartArchiveEntry.archive(entries));
  }

  @ParameterizedTest
  @CsvSource({
    "hello/a, a",
    "other/a, a",
    "/a/b, a/b",
    "./a, a",
    "hello/./a//b, a/b",
    "hello/a/../b, b",
    "hello/..a, ..a",
    "hello\\a\\b, a/b",
    "hello/cc:a, cc:a",
  })
  void namesAreTakenWithoutTheirFirstElement(String entry, String name) throws Exception {
    assertThat(read(ChartArchiveEntry.chartYaml(), ChartArchiveEntry.file(entry, "")).file(name))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "hello/../a, is outside of the chart",
    "hello/a/../../b, is outside of the chart",
    "hello/../../etc/passwd, is outside of the chart",
    "hello/a/../../a/b, is outside of the chart",
    "../../a, is outside of the chart",
    "hello\\..\\a, is outside of the chart",
    "hello/.., is outside of the chart",
    "hello/., is outside of the chart",
    "a, is outside of the chart",
    "hello//etc/passwd, is absolute",
    "//etc/passwd, is absolute",
    "hello\\\\server\\share, is absolute",
    "hello/C:/a, can be a path on another drive",
    "hello/c:a, can be a path on another drive",
    "hello/./C:\\a, can be a path on another drive",
    "Chart.yaml, stands beside the chart's directory",
  })
  void namesThatLeadElsewhereAreRefused(String name, String fault) {
    assertThatThrownBy(
            () -> read(ChartArchiveEntry.chartYaml(), ChartArchiveEntry.file(name, "name: x")))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("bad.tgz: ")
        .hasMessageContaining("\"" + name + "\"")
        .hasMessageContaining(fault);
  }

  @Test
  void linksCountAsEmptyFiles() throws Exception {
    var chart =
        read(
            ChartArchiveEntry.chartYaml(),
            ChartArchiveEntry.link("hello/a", TarEntry.Type.SYMBOLIC_LINK, "/etc/passwd"),
            ChartArchiveEntry.link("hello/b", TarEntry.Type.HARD_LINK, "hello/Chart.yaml"));

    assertThat(chart.file("a").orElseThrow().size()).isZero();
    assertThat(chart.file("b").orElseThrow().size()).isZero();
  }

  @Test
  void unpackingDoesNotWriteThroughALink(@TempDir Path folder) throws Exception {
    var secret = Files.createDirectories(folder.resolve("secret"));
    var archive =
        ChartArchiveEntry.archive(
            ChartArchiveEntry.chartYaml(),
            ChartArchiveEntry.link("hello/out", TarEntry.Type.SYMBOLIC_LINK, secret.toString()),
            ChartArchiveEntry.file("hello/out/file", "harm"));

    var store = new MemoryStore();
    var layer = store.add(ChartMedia.CONTENT, Bytes.of(archive));
    var config = store.add(ChartMedia.CONFIG, Bytes.of("{}"));
    store.tag(store.add(ImageManifest.builder(config).layer(layer).build()), new Tag("1.0.0"));

    assertThatThrownBy(
            () ->
                Charts.pull(
                    store,
                    new Tag("1.0.0"),
                    folder.resolve("charts"),
                    ChartPullOptions.builder().untar(true).build()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("out/file in the chart is below a file");
    assertThat(folder.resolve("charts")).isEmptyDirectory();
    assertThat(secret).isEmptyDirectory();
  }

  @Test
  void directoriesMeanNothing() throws Exception {
    var directory = new ChartArchiveEntry(TarEntry.directory("hello/../../x", Instant.EPOCH), "");

    assertThat(read(directory, ChartArchiveEntry.chartYaml()).metadata().name()).isEqualTo("hello");
  }

  @Test
  void anArchiveWithoutFilesIsRefused() {
    assertThatThrownBy(ArchivedFilesTest::read)
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("bad.tgz: the archive has no files");
  }

  @Test
  void anArchiveWithoutMetadataIsNoChart() {
    assertThatThrownBy(() -> read(ChartArchiveEntry.file("hello/values.yaml", "a: 1")))
        .isInstanceOf(InvalidChartException.class)
        .hasMessage("bad.tgz: Chart.yaml is missing");
  }

  @Test
  void aTarThatIsNotCompressedIsRefused() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarWriter(out)) {
      tar.add(TarEntry.file("hello/Chart.yaml", 0, Instant.EPOCH), new byte[0]);
    }

    assertThatThrownBy(() -> read(ChartLimits.HELM, out.toByteArray()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("bad.tgz: ");
  }

  @Test
  void anArchiveThatIsCutOffIsRefused() throws Exception {
    var noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    var archive =
        ChartArchiveEntry.archive(
            ChartArchiveEntry.chartYaml(),
            ChartArchiveEntry.file("hello/noise", Arrays.toString(noise)));

    assertThatThrownBy(() -> read(ChartLimits.HELM, Arrays.copyOf(archive, archive.length / 2)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("bad.tgz: ");
  }

  @Test
  void aSmallArchiveThatUnpacksIntoMuchIsRefused() throws Exception {
    var large = ChartArchiveEntry.file("hello/large", "x".repeat(5 << 20));
    var archive = ChartArchiveEntry.archive(ChartArchiveEntry.chartYaml(), large, large);
    assertThat(archive).hasSizeLessThan(20_000);

    assertThat(read(ChartLimits.HELM, archive).file("large")).isPresent();
    assertThatThrownBy(() -> read(new ChartLimits((5 << 20) - 1, 100 << 20), archive))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("hello/large in the archive has 5242880 bytes, over the limit");
    assertThatThrownBy(() -> read(new ChartLimits(5 << 20, 10 << 20), archive))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("more than 10485760 bytes unpacked");
  }

  @Test
  void aSubchartsArchiveIsReadAsCarefully(@TempDir Path folder) throws Exception {
    var bad =
        ChartArchiveEntry.archive(
            ChartArchiveEntry.chartYaml(), ChartArchiveEntry.file("hello/../../x", "harm"));
    var source = ChartSource.v2(folder, "parent").with("charts/hello-1.0.0.tgz", bad);

    assertThatThrownBy(source::read)
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("hello-1.0.0.tgz: ")
        .hasMessageContaining("is outside of the chart");
  }
}
