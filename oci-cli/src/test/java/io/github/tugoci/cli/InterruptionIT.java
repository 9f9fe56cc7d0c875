package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C in the middle of a blob, of which nothing more comes. */
class InterruptionIT {
  private static final String TUG =
      Path.of("target", "tug", "bin", "tug").toAbsolutePath().toString();

  private static final int CTRL_C = 3;

  /** What a layout has besides blobs. */
  private static final Set<String> OWN = Set.of("oci-layout", "index.json", "index.json.lock");

  private final Path home;
  private final Path temporary;
  private final Path here;
  private final SampleImages images;
  private EmbeddedRegistry registry;
  private RecordingProxy proxy;
  private RegistryClient client;

  InterruptionIT(@TempDir Path folder) throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("temporary"));
    here = Files.createDirectory(folder.resolve("here"));
    images = SampleImages.in(folder.resolve("images")).image("1", 8 * SampleImages.MIB);
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    proxy = RecordingProxy.before(registry.uri());
    client = RegistryClient.anonymous();
    Copier.copy(
        OciLayout.open(images.layout()),
        "1",
        client.repository(registry.host() + "/a/b"),
        List.of("1"),
        CopyOptions.defaults());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    proxy.close();
    registry.close();
  }

  private Digest layer() throws IOException {
    return OciLayout.open(images.layout()).manifest(Selector.parse("1")).children().get(1).digest();
  }

  /** Runs the command until a part of the layer has come, and tells it to stop. */
  private void interrupt(String... args) throws Exception {
    interruptAt(layer(), args);
  }

  private void interruptAt(Digest layer, String... args) throws Exception {
    var held = new CountDownLatch(1);
    proxy.fail(1, "GET", layer.hex(), new Fault.HoldResponse(SampleImages.MIB, held));
    stop("INT", held, 130, args);
  }

  private Program tug(String... args) {
    return Program.of(TUG)
        .with(args)
        .in(here)
        .env("HOME", home.toString())
        .env("XDG_CACHE_HOME", home.resolve("cache").toString())
        .env("TUG_OPTS", "-Djava.io.tmpdir=" + temporary);
  }

  private void stop(String signal, CountDownLatch held, int exitCode, String... args)
      throws Exception {
    var log = home.resolve("log");
    var process = tug(args).start(log);
    try {
      assertThat(held.await(1, TimeUnit.MINUTES)).as(Files.readString(log)).isTrue();
      Program.of("kill", "-" + signal, String.valueOf(process.pid())).run().expectSuccess();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(exitCode);
    } finally {
      process.destroyForcibly();
    }
    assertEmpty(temporary);
  }

  private static void assertEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aCopyThatIsInterruptedMovesNoTag() throws Exception {
    try (var target = EmbeddedRegistry.start()) {
      var other = SampleImages.in(home.resolve("other")).image("1", 1000);
      var repository = client.repository(target.host() + "/c/d");
      Copier.copy(
          OciLayout.open(other.layout()), "1", repository, List.of("1"), CopyOptions.defaults());

      interrupt("copy", proxy.host() + "/a/b:1", target.host() + "/c/d:1");

      assertThat(repository.tags().list()).containsExactly("1");
      assertThat(repository.resolve("1").digest()).isEqualTo(other.descriptor("1").digest());
    }
  }

  @Test
  void anArchiveThatIsInterruptedIsNotThere() throws Exception {
    interrupt("image", "pull", proxy.host() + "/a/b:1", "oci-archive:" + here.resolve("a.tar"));

    assertEmpty(here);
  }

  @Test
  void aBlobThatIsInterruptedIsNotThere() throws Exception {
    var file = here.resolve("layer").toString();

    interrupt("blob", "get", proxy.host() + "/a/b@" + layer(), "-o", file);

    assertEmpty(here);
  }

  @Test
  void aChartThatIsInterruptedIsNotThere() throws Exception {
    var noise = new byte[3 * (int) SampleImages.MIB];
    new Random(1).nextBytes(noise);
    var chart = SampleCharts.write(home, "big", "1.0.0");
    Files.write(chart.resolve("noise"), noise);
    var archive = ChartPackager.reproducible().write(Chart.read(chart), home);
    var repository = client.repository(registry.host() + "/charts/big");
    Charts.push(repository, archive, ChartPushOptions.defaults());

    interruptAt(
        Descriptor.of(MediaType.OCTET_STREAM, archive.path()).digest(),
        "chart",
        "pull",
        "oci://" + proxy.host() + "/charts/big:1.0.0");

    assertEmpty(here);
  }

  @Test
  void aLayoutThatIsInterruptedHasNoTagAndNoHalfBlob() throws Exception {
    var layout = here.resolve("layout");
    interrupt("copy", proxy.host() + "/a/b:1", "oci:" + layout + ":1");

    try (Stream<Path> files = Files.walk(here)) {
      assertThat(files.filter(Files::isRegularFile))
          .allMatch(file -> OWN.contains(file.getFileName().toString()) || isWhole(file));
    }
    assertThat(OciLayout.open(layout).tags()).isEmpty();
  }

  /** Java doesn't interrupt a thread that reads from a terminal. */
  @Test
  void aQuestionThatIsInterruptedEndsAtOnce() throws Exception {
    Interop.requireProgram("script");
    var login = "'%s' login localhost:1 --username ada".formatted(TUG);
    var builder = new ProcessBuilder("script", "-qec", login, "/dev/null");
    builder.redirectErrorStream(true).environment().put("HOME", home.toString());
    var process = builder.start();
    try (var out = process.getInputStream();
        var keyboard = process.getOutputStream()) {
      var screen = new StringBuilder();
      while (screen.indexOf("Password:") < 0) {
        screen.append((char) out.read());
      }
      keyboard.write(CTRL_C);
      keyboard.flush();
      screen.append(new String(out.readAllBytes(), UTF_8));

      assertThat(process.waitFor()).as("%s", screen).isEqualTo(130);
      assertThat(screen).contains("tug: interrupted");
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aPublicationThatIsInterruptedMovesNoTagAndIsMadeUpFor(String signal, int exitCode)
      throws Exception {
    var publish =
        new String[] {
          "publish",
          "--registry=" + proxy.host(),
          "--owner=acme",
          "--tag=7",
          "--chart=" + SampleCharts.write(here, "shop", "0.1.0"),
          "--image=api=" + images.reference("1")
        };
    var held = new CountDownLatch(1);
    proxy.fail(1, "PUT", layer().hex(), new Fault.HoldRequest(SampleImages.MIB, held));

    stop(signal, held, exitCode, publish);

    var api = client.repository(registry.host() + "/acme/shop/api");
    var chart = client.repository(registry.host() + "/acme/charts/shop");
    assertThat(api.listTags()).isEmpty();
    assertThat(chart.listTags()).isEmpty();

    tug(publish).run().expectSuccess();
    assertThat(api.resolve("7").digest()).isEqualTo(images.descriptor("1").digest());
    assertThat(chart.listTags()).hasSize(1);
  }

  private static boolean isWhole(Path blob) {
    try {
      var digest = Bytes.of(Files.readAllBytes(blob)).digest();
      return digest.hex().equals(blob.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
