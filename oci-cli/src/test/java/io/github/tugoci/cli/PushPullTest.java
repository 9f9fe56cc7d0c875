package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.tar.Gzip;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tug push} and {@code tug pull}, which do what the command for the content does. */
class PushPullTest {
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  @AutoClose private final EmbeddedRegistry registry;
  private final Path folder;
  private final Run run;
  private final Path chart;
  private final Path image;

  PushPullTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.run = Run.in(folder.resolve("home"));
    this.registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .requestListener(request -> requests.add(request.method() + " " + request.target()))
                .build());
    this.chart = SampleCharts.write(folder, "hello", "1.0.0");
    this.image = SampleImages.in(folder.resolve("image")).image("1", SampleImages.KIB).layout();
    Files.writeString(folder.resolve("report.json"), "{}");
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private String ref(String name) {
    return registry.host() + "/" + name;
  }

  private Run.Outcome json(Object... words) {
    var all = new ArrayList<>(List.of(words));
    all.add("--format=json");
    return run.tug(all.toArray()).ok();
  }

  private List<String> requestsOf(Runnable command) {
    requests.clear();
    command.run();
    return requests.stream().sorted().toList();
  }

  @Test
  void aChartsDirectoryAndItsPackageArePushedAsCharts() throws Exception {
    var explicit = json("chart", "push", chart, "oci://" + ref("charts"));
    var pushed = json("push", chart, "oci://" + ref("charts"));
    assertThat(pushed.out()).isEqualTo(explicit.out());
    assertThat(pushed.err()).contains("is a chart's directory: as \"tug chart push\"");

    run.tug("chart", "package", chart, "-d", folder).ok();
    assertThat(json("push", at("hello-1.0.0.tgz"), "oci://" + ref("charts")).out())
        .isEqualTo(explicit.out());
  }

  @ParameterizedTest
  @CsvSource({
    "oci-archive:,                 a.tar, an OCI archive",
    "docker-archive:,              a.tar, an archive as docker save writes it",
    "oci-archive:,              a.tar.gz, 'an OCI archive, compressed by gzip'",
    "docker-archive:,           a.tar.gz, 'an archive as docker save writes it, compressed by"
        + " gzip'",
    "docker-archive:, app-without-suffix, an archive as docker save writes it"
  })
  void anArchiveIsKnownByWhatIsInIt(String form, String name, String words) throws Exception {
    var plain = at("plain.tar");
    run.tug("copy", "oci:" + image + ":1", form + plain + ":app:1").ok();
    if (name.endsWith(".gz")) {
      try (var out = Gzip.compress(Files.newOutputStream(at(name)))) {
        Files.copy(plain, out);
      }
    } else {
      Files.move(plain, at(name));
    }

    var pushed = json("push", at(name), "--tag", "latest", ref("app:2"));

    assertThat(pushed.json().strings("tags")).containsExactly("2", "latest");
    assertThat(pushed.err()).contains(" is " + words + ": as \"tug image push\"");
    run.tug("pull", ref("app:2"), "-d", at("out")).ok();
  }

  @Test
  void aLayoutIsPushedAsAnImage() throws Exception {
    var explicit = json("image", "push", "oci:" + image, ref("app:1"));
    assertThat(json("push", image, ref("app:1")).json().requiredString("digest"))
        .isEqualTo(explicit.json().requiredString("digest"));
    assertThat(json("push", "oci:" + image + ":1", ref("app")).json().strings("tags"))
        .containsExactly("1");
  }

  @Test
  void otherFilesAndFoldersArePushedAsAnArtifact() throws Exception {
    Files.createDirectories(at("site"));
    Files.writeString(at("site/index.html"), "<html>");
    var files = new Object[] {at("site"), at("report.json") + ":application/json"};
    var explicit = json("artifact", "push", ref("docs:1"), files[0], files[1]);

    var pushed = json("push", files[0], files[1], ref("docs:2"));

    assertThat(pushed.json().requiredString("digest"))
        .isEqualTo(explicit.json().requiredString("digest"));
    assertThat(pushed.err()).contains(" are files: as \"tug artifact push\"");
    assertThat(json("push", at("report.json"), ref("docs:3")).json().objects("files")).hasSize(1);
  }

  @Test
  void anArchiveOfSomethingElseIsAFile() throws Exception {
    archive(at("source.tgz"), "src/Main.java", "manifest.json");

    var pushed = json("push", at("source.tgz"), ref("docs:1"));

    assertThat(pushed.json().objects("files").get(0).requiredString("title"))
        .isEqualTo("source.tgz");
  }

  @Test
  void aBrokenArchiveIsNotTakenForAFile() throws Exception {
    archive(at("whole.tgz"), "hello/Chart.yaml");
    var whole = Files.readAllBytes(at("whole.tgz"));
    Files.write(at("half.tgz"), Arrays.copyOf(whole, whole.length / 2));

    var failed = run.tug("push", at("half.tgz"), ref("docs:1")).failed(2);

    assertThat(failed.err()).contains("half.tgz: the archive is damaged");
    assertThat(requests).isEmpty();
  }

  @Test
  void whatCanBeSeveralThingsIsRefusedAndTheWaysAreNamed() throws Exception {
    archive(at("both.tgz"), "hello/Chart.yaml", "oci-layout", "index.json");
    Files.writeString(chart.resolve("oci-layout"), "{}");
    var ways = List.of("\"tug chart push\"", "\"tug image push\"", "\"tug artifact push\"");

    assertThat(run.tug("push", at("both.tgz"), ref("x:1")).failed(2).err()).contains(ways);
    assertThat(run.tug("push", chart, ref("x:1")).failed(2).err()).contains(ways);
    Files.delete(image.resolve("oci-layout"));
    assertThat(run.tug("push", image, ref("x:1")).failed(2).err()).contains("but no oci-layout");
    assertThat(run.tug("push", at("report.json"), at("both.tgz"), ref("x:1")).failed(2).err())
        .contains(ways);
    assertThat(requests).isEmpty();
  }

  private static void archive(Path file, String... names) throws IOException {
    try (var tar = new TarWriter(Gzip.compress(Files.newOutputStream(file)))) {
      for (var name : names) {
        var content = ("{\"of\": \"" + name + "\"}").getBytes(UTF_8);
        tar.add(TarEntry.file(name, content.length, Instant.EPOCH), content);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello:1.0.0", "hello", "hello:1.0.0 --untar"})
  void aChartIsPulledAsByItsCommand(String words) throws Exception {
    run.tug("chart", "push", chart, "oci://" + ref("")).ok();
    var options = words.split(" ", -1);
    var reference = "oci://" + ref(options[0]);
    var untar = options.length > 1 ? "--untar" : "--no-progress";
    var explicit = new ArrayList<String>();
    var byCommand =
        requestsOf(
            () -> explicit.add(json("chart", "pull", reference, untar, "-d", at("out")).out()));
    Folders.delete(at("out"));

    var pulled = new ArrayList<String>();
    var byVerb =
        requestsOf(() -> pulled.add(json("pull", reference, untar, "-d", at("out")).out()));

    assertThat(pulled).isEqualTo(explicit);
    assertThat(byVerb).containsAll(byCommand);
    // Without a tag it has to look whether there is a "latest".
    assertThat(byVerb).hasSize(byCommand.size() + (options[0].contains(":") ? 0 : 1));
  }

  @Test
  void anImageIsPulledAsByItsCommand() throws Exception {
    run.tug("push", image, ref("acme/app:1")).ok();
    var byCommand =
        requestsOf(() -> json("image", "pull", ref("acme/app:1"), "oci:" + at("explicit")));

    var byVerb = requestsOf(() -> json("pull", ref("acme/app:1"), "-d", at("out")));

    assertThat(byVerb).isEqualTo(byCommand);
    Folders.assertSame(at("out/app"), at("explicit"));
    json("pull", ref("acme/app:1"), "docker-archive:" + at("app.tar"));
    assertThat(json("tags", "docker-archive:" + at("app.tar")).json().strings("tags")).hasSize(1);
  }

  @Test
  void anImageIsNotWrittenIntoAFolderOfSomethingElse() throws Exception {
    run.tug("push", image, ref("site:1")).ok();
    Files.createDirectories(at("out/site"));
    Files.writeString(at("out/site/index.html"), "mine");

    var failed = run.tug("pull", ref("site:1"), "-d", at("out")).failed(2);

    assertThat(failed.err()).contains("isn't an OCI layout", "docker-archive:FILE");
    assertThat(Folders.files(at("out"))).containsExactly("site/index.html");
  }

  @Test
  void anArtifactIsPulledAsByItsCommand() throws Exception {
    run.tug("push", at("report.json"), ref("docs:1")).ok();
    var outs = new ArrayList<String>();
    var byCommand =
        requestsOf(() -> outs.add(json("artifact", "pull", ref("docs:1"), "-d", at("out")).out()));

    var byVerb = requestsOf(() -> outs.add(json("pull", ref("docs:1"), "-d", at("out")).out()));

    assertThat(byVerb).isEqualTo(byCommand);
    assertThat(outs.get(1)).isEqualTo(outs.get(0));
    run.tug("pull", ref("docs:1"), "-d", at("out"), "--no-overwrite").failed(8);
  }

  @ParameterizedTest
  @CsvSource({
    "app:1, --untar, a chart",
    "app:1, --version=1, a chart",
    "app:1, --untitled, an artifact",
    "docs:1, --all-platforms, an image",
    "docs:1, --referrers, an image",
    "docs:1, oci:elsewhere, an image",
    "hello:1.0.0, --platform=linux/amd64, an image",
    "hello:1.0.0, --untitled, an artifact"
  })
  void anOptionOfAnotherKindIsRefused(String reference, String option, String whose)
      throws Exception {
    run.tug("push", image, ref("app:1")).ok();
    run.tug("push", at("report.json"), ref("docs:1")).ok();
    run.tug("push", chart, "oci://" + ref("")).ok();

    var failed = run.tug("pull", ref(reference), option, "-d", at("out")).failed(2);

    assertThat(failed.err()).contains(" is for " + whose + ", but ");
    assertThat(at("out")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    run.tug("push", image, ref("app:1")).ok();

    assertThat(run.tug("pull", ref("app")).failed(3).err()).contains("app:latest not found");
    assertThat(run.tug("pull", ref("none")).failed(3).err()).contains("none:latest not found");
    assertThat(run.tug("push", at("none"), ref("x:1")).failed(3).err()).contains("none not found");
    assertThat(run.tug("push", image).failed(2).err()).contains("missing REF", "where to push");
  }

  @Test
  void theHelpSaysHowItIsRecognised() {
    assertThat(run.tug("push", "--help").ok().out())
        .contains(
            "Chart.yaml", "\"tug chart push\"", "\"tug image push\"", "\"tug artifact push\"");
    assertThat(run.tug("pull", "--help").ok().out())
        .contains("\"tug chart pull\"", "\"tug image pull\"", "\"tug artifact pull\"");
  }
}
