package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.reference.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files in charts, and what is said of content that is broken. */
class ChartLimitsTest {
  private static final String HINT = "hint: --max-file-size SIZE lets larger files through";
  private static final String KEPT = "nothing was kept";

  private final Path folder;
  private final Path chart;
  private final Run run;
  private EmbeddedRegistry registry;

  ChartLimitsTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.chart = SampleCharts.write(folder, "hello", "1.2.3");
    this.run = Run.in(folder.resolve("home"));
    Files.write(chart.resolve("large.bin"), new byte[6_000_000]);
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
  }

  private String charts() {
    return "oci://" + registry.host() + "/acme/charts";
  }

  @Test
  void aFileOverHelm3sLimitGoesEverywhere() throws Exception {
    run.tug("chart", "package", chart, "-d", folder).ok();
    run.tug("chart", "push", folder.resolve("hello-1.2.3.tgz"), charts()).ok();
    run.tug("chart", "pull", charts() + "/hello:1.2.3", "-d", folder.resolve("out")).ok();
    run.tug("chart", "show", "chart", charts() + "/hello:1.2.3").ok();

    assertThat(folder.resolve("out/hello-1.2.3.tgz"))
        .hasSameBinaryContentAs(folder.resolve("hello-1.2.3.tgz"));
    assertThat(run.tug("chart", "lint", chart).ok().out())
        .contains("[WARNING] large.bin: is larger than 5 MiB (Helm 3)");
  }

  @Test
  void aLimitThatIsPassedNamesItsOptionAndNoOther() throws Exception {
    run.tug("chart", "push", chart, charts()).ok();
    run.tug("chart", "package", chart, "-d", folder).ok();
    var archive = folder.resolve("hello-1.2.3.tgz");
    var small = new String[] {"--max-file-size", "5MiB"};

    for (var refused :
        new Run.Outcome[] {
          run.tug("chart", "package", chart, "-d", folder, small[0], small[1]),
          run.tug("chart", "push", chart, charts(), small[0], small[1]),
          run.tug("chart", "push", archive, charts(), small[0], small[1]),
          run.tug("chart", "show", "chart", archive, small[0], small[1]),
          run.tug("chart", "show", "chart", charts() + "/hello:1.2.3", small[0], small[1]),
          run.tug("chart", "lint", archive, small[0], small[1]),
          run.tug("chart", "pull", charts() + "/hello:1.2.3", "-d", folder, small[0], small[1])
        }) {
      assertThat(refused.failed(5).err())
          .contains("6000000 bytes, over the limit of 5242880", HINT)
          .doesNotContain(KEPT);
    }
  }

  @Test
  void ofABrokenFileOfTheUsersOwnNobodyElseIsToBlame() throws Exception {
    var broken = Files.writeString(folder.resolve("broken.tgz"), "not gzip");

    assertThat(run.tug("chart", "push", broken, charts()).failed(5).err())
        .contains("broken.tgz")
        .doesNotContain("hint");
    assertThat(run.tug("chart", "show", "chart", broken).failed(5).err()).doesNotContain("hint");
    assertThat(
            run.tug("blob", "put", registry.host() + "/a@sha256:" + "0".repeat(64), broken).err())
        .doesNotContain(KEPT);
  }

  @Test
  void ofBrokenContentFromElsewhereNothingIsKept() throws Exception {
    var broken = Files.writeString(folder.resolve("broken.tgz"), "not gzip");
    Files.writeString(folder.resolve("config"), "{}");
    run.tug("blob", "put", registry.host() + "/acme/charts/hello", broken).ok();
    run.tug("blob", "put", registry.host() + "/acme/charts/hello", folder.resolve("config")).ok();
    var manifest =
        """
        {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
         "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "size": 2,
          "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"},
         "layers": [{"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "size": 8,
          "digest": "%s"}]}
        """
            .formatted(Digest.of(Files.readAllBytes(broken)));
    Files.writeString(folder.resolve("manifest"), manifest);
    run.tug("manifest", "put", registry.host() + "/acme/charts/hello:1", folder.resolve("manifest"))
        .ok();

    assertThat(run.tug("chart", "pull", charts() + "/hello:1", "-d", folder).failed(5).err())
        .contains(KEPT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "5x", "MiB", "1.5MiB", "2GiB", "99999999999999TiB"})
  void aSizeThatIsNoneIsRefused(String size) {
    assertThat(run.tug("chart", "lint", chart, "--max-file-size=" + size).failed(2).err())
        .contains("--max-file-size");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5B, 5",
    "5k, 5120",
    "5K, 5120",
    "5KiB, 5120",
    "5 MiB, 5242880",
    "5M, 5242880",
    "5MB, 5242880",
    "1g, 1073741824",
    "1TiB, 1099511627776"
  })
  void aSizeHasAUnit(String text, long bytes) {
    assertThat(ByteSize.parse(text)).hasValue(bytes);
  }
}
