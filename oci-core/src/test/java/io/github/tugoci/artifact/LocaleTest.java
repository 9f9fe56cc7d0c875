package io.github.tugoci.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.image.Layer;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** File names are the same bytes in a JVM of any locale, also those that are no text at all. */
final class LocaleTest {
  private final Path folder;

  LocaleTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    var chart = Files.createDirectories(folder.resolve("chart"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: chart\nversion: 1.0.0\n");
    var deep = Files.createDirectories(FileName.resolve(chart, "files/größe"));
    Files.writeString(FileName.resolve(deep, "caf\udce9"), "latin");
    Files.writeString(FileName.resolve(deep, "caf\udce8"), "other");
    Files.writeString(FileName.resolve(deep, "grüße"), "text");
    Files.createSymbolicLink(FileName.resolve(chart, "files/größe/l"), FileName.path("caf\udce9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "none_NONE.UTF-8", ""})
  void theSameFoldersAreTheSameContent(String locale) throws Exception {
    assertThat(digests(locale)).hasSize(3).isEqualTo(digests("C.UTF-8"));
  }

  private List<String> digests(String locale) throws Exception {
    var out = Files.createTempDirectory(folder, "out");
    var lines =
        Jvm.running(LocaleTest.class)
            .locale(locale)
            .run(folder.resolve("chart").toString(), out.toString())
            .expectSuccess()
            .lines()
            .toList();
    var pulled = out.resolve("site");
    assertThat(FileName.resolve(pulled, "files/größe/caf\udce9")).hasContent("latin");
    assertThat(FileName.resolve(pulled, "files/größe/l")).hasContent("latin");
    assertThat(FileName.resolve(out, "ü")).hasContent("hello");
    return lines;
  }

  /** In the locale's JVM. */
  public static void main(String... args) throws IOException {
    var folder = Path.of(args[0]);
    var out = Path.of(args[1]);
    var lines = new ArrayList<String>();
    try (var image =
        ImageBuilder.onNothing(Platform.parse("linux/amd64"))
            .layer(Layer.ofDirectory(folder, "/"))
            .build()) {
      lines.add(image.manifest().bytes().digest().toString());
    }
    var hello =
        Files.writeString(FileName.resolve(Files.createDirectory(out.resolve("x")), "ü"), "hello");
    var store = new MemoryStore();
    var files = List.of(new ArtifactFile(folder, "site", null), ArtifactFile.of(hello));
    var pushed = Artifacts.push(store, files, List.of("1"), ArtifactPushOptions.defaults());
    lines.add(pushed.manifest().bytes().digest().toString());
    Artifacts.pull(store, new Tag("1"), out, ArtifactPullOptions.defaults());
    lines.add(
        ChartPackager.reproducible()
            .write(Chart.read(folder), out.resolve("x"))
            .descriptor()
            .digest()
            .toString());
    new PrintStream(System.out, true, UTF_8).println(String.join("\n", lines));
  }

  @Test
  void aTitleIsText() throws IOException {
    var file = Files.writeString(FileName.resolve(folder, "caf\udce9"), "");

    assertThatThrownBy(() -> ArtifactFile.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("caf\\xe9");
  }
}
