package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output on a full disk, or a pipe whose reader has gone. */
@Timeout(60)
class UnwritableOutputTest {
  private static final String NO_SPACE = "No space left on device";
  private static final int LARGE = 64 << 20;

  private final Run run;
  private final Path chart;
  private final SampleImages images;

  @AutoClose
  private final EmbeddedRegistry registry =
      EmbeddedRegistry.start(EmbeddedRegistryOptions.defaults());

  UnwritableOutputTest(@TempDir Path folder) throws IOException {
    run = Run.in(folder.resolve("home"));
    chart = SampleCharts.write(folder, "hello", "1.0.0");
    images = SampleImages.in(folder.resolve("images")).image("one", 1000).image("large", LARGE);
  }

  @BeforeEach
  void push() {
    run.tug("image", "push", images.reference("one"), app() + ":1").ok();
  }

  private String app() {
    return registry.host() + "/acme/app";
  }

  /** Takes some bytes, then fails with the system's words. */
  private static final class Failing extends OutputStream {
    private final String words;
    private int room;
    private int asked;

    Failing(String words, int room) {
      this.words = words;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[1], 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      asked += length;
      room -= length;
      if (room < 0) {
        throw new IOException(words);
      }
    }
  }

  /** A command line with REPO, CHART and BLOB in it. */
  private Run.Outcome tug(String line, OutputStream out) throws IOException {
    var words =
        line.replace("REPO", app())
            .replace("CHART", chart.toString())
            .replace("BLOB", app() + "@" + layer("one"));
    return run.output(out).tug((Object[]) words.split(" ", -1));
  }

  private String layer(String tag) throws IOException {
    var manifest = (ImageManifest) OciLayout.open(images.layout()).manifest(Selector.parse(tag));
    return manifest.layers().get(0).digest().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "version",
        "--help",
        "help tags",
        "tags --help",
        "completion bash",
        "completion zsh",
        "tags REPO",
        "resolve REPO:1",
        "manifest get REPO:1",
        "blob get BLOB",
        "image inspect REPO:1",
        "chart show values CHART",
        "chart push CHART oci://REPO",
        "serve --port 0"
      })
  void isToldInALineAndEndsEveryCommandWithOne(String line) throws Exception {
    assertThat(tug(line, new Failing(NO_SPACE, 0)).failed(1).err())
        .isEqualTo("tug: standard output can't be written: " + NO_SPACE + "\n");
    assertThat(tug(line, new Failing("Broken pipe", 0)).failed(1).err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tags REPO --format json",
        "version --format=json",
        "resolve REPO:1 --format json"
      })
  void isToldInJsonWhereThatIsWanted(String line) throws Exception {
    assertThat(tug(line, new Failing(NO_SPACE, 0)).failed(1).err())
        .startsWith("{")
        .contains("\"error\"", "\"failed\"", "standard output can't be written: " + NO_SPACE);
  }

  @Test
  void aFailureOfTheCommandKeepsItsExitCode() throws Exception {
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: hello\nversion: x\n");

    var lint = tug("chart lint CHART", new Failing(NO_SPACE, 0)).failed(2);
    assertThat(lint.err()).doesNotContain("standard output");
    tug("resolve REPO:none", new Failing(NO_SPACE, 0)).failed(3);
  }

  @Test
  void aPipeThatNobodyReadsAnyMoreEndsTheCommandWithoutAWord() throws Exception {
    assertThat(tug("tags REPO", new Failing("Broken pipe", 0)).failed(1).err()).isEmpty();
    assertThat(tug("blob get BLOB", new Failing("Broken pipe", 0)).failed(1).err()).isEmpty();
  }

  @Test
  void nothingIsWrittenBehindWhatIsMissing() throws Exception {
    run.tug("image", "push", images.reference("large"), app() + ":large").ok();
    var out = new Failing(NO_SPACE, 1 << 20);

    run.output(out).tug("blob", "get", app() + "@" + layer("large")).failed(1);

    assertThat(out.asked).as("it stops at the first failure").isLessThan(4 << 20);
  }

  @Test
  void whatFitsIsWrittenWhole() throws Exception {
    tug("blob get BLOB", new Failing(NO_SPACE, 1 << 20)).ok();
  }
}
