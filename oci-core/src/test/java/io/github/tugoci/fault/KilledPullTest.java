package io.github.tugoci.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.fault.Victim.Move;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.Folders;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pull whose process is killed in the middle of a blob is finished by the next one. */
@Timeout(120)
class KilledPullTest {
  private static final int BIG = 4 << 20;
  private static final int HELD_AT = 3 << 20;

  /** What may be under way between the socket and the disk. */
  private static final int UNDER_WAY = 3 << 19;

  /** What is left beside content: headers of archives, an index. */
  private static final int OTHER = 64 << 10;

  @TempDir private Path temp;
  private EmbeddedRegistry registry;
  private RecordingProxy wire;

  @BeforeEach
  void start() throws IOException {
    registry = EmbeddedRegistry.start();
    wire = RecordingProxy.before(registry.uri());
  }

  @AfterEach
  void stop() throws IOException {
    wire.close();
    registry.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Move.class,
      names = {"LAYOUT", "OCI_ARCHIVE", "DOCKER_ARCHIVE", "ARTIFACT", "CHART"})
  void theNextRunFetchesWhatIsMissing(Move move) throws Exception {
    prepare(move);
    var whole = Files.createDirectory(temp.resolve("whole"));
    move.run(wire.host(), Victim.NAME, whole);
    long all = received();

    var place = Files.createDirectory(temp.resolve("place"));
    var held = new CountDownLatch(1);
    wire.reset();
    wire.fail(1, "GET", "/blobs/" + big(), new Fault.HoldResponse(HELD_AT, held));
    var victim =
        Jvm.running(Victim.class)
            .start(temp.resolve("log"), move.name(), wire.host(), Victim.NAME, place.toString());
    while (!held.await(100, TimeUnit.MILLISECONDS)) {
      assertThat(victim.isAlive()).as(Files.readString(temp.resolve("log"))).isTrue();
    }
    while (bytesIn(place) < HELD_AT - UNDER_WAY) {
      assertThat(victim.isAlive()).as(Files.readString(temp.resolve("log"))).isTrue();
      Thread.sleep(10);
    }
    victim.destroyForcibly().waitFor();
    assertThat(leftovers(place)).isNotEmpty();
    long left = bytesIn(place);
    wire.awaitEnd();

    wire.reset();
    move.run(wire.host(), Victim.NAME, place);

    Folders.assertSame(unpacked(place), unpacked(whole));
    assertThat(leftovers(place)).isEmpty();
    assertThat(received()).isLessThanOrEqualTo(all - left + OTHER);
  }

  /** The files of a place; of an archive, whose pieces have no order, the blobs. */
  private static Path unpacked(Path place) throws IOException {
    var archive = place.resolve("image.tar");
    if (Files.notExists(archive)) {
      return place;
    }
    var layout = place.resolveSibling(place.getFileName() + "-unpacked");
    Move.copy(OciArchive.open(archive), OciLayout.create(layout));
    return layout;
  }

  private long received() {
    return wire.exchanges().stream().mapToLong(Exchange::responseBytes).sum();
  }

  /** What is there, while files are made and renamed; 0 where one went away meanwhile. */
  private static long bytesIn(Path place) throws IOException {
    long sum = 0;
    try {
      for (var file : Folders.files(place)) {
        sum += Files.size(place.resolve(file));
      }
      return sum;
    } catch (NoSuchFileException | UncheckedIOException e) {
      return 0;
    }
  }

  private static List<String> leftovers(Path place) throws IOException {
    try (var files = Files.walk(place)) {
      return files.map(Path::toString).filter(file -> file.contains("/.tug-")).toList();
    }
  }

  private void prepare(Move move) throws IOException {
    try (var client = client()) {
      switch (move) {
        case ARTIFACT -> {
          var files = List.of(file("small", 1000), file("big", BIG));
          Artifacts.push(
              repository(client),
              files.stream().map(ArtifactFile::of).toList(),
              List.of(Victim.TAG),
              ArtifactPushOptions.defaults());
        }
        case CHART -> {
          var chart = Files.createDirectories(temp.resolve("chart"));
          Files.writeString(
              chart.resolve("Chart.yaml"), "apiVersion: v2\nname: b\nversion: 1.0.0\n");
          Files.copy(file("big", BIG), chart.resolve("big"));
          var packed = ChartPackager.reproducible().pack(Chart.read(chart));
          Charts.push(repository(client), packed, ChartPushOptions.defaults());
        }
        default -> {
          var images = SampleImages.in(temp.resolve("images"));
          images.image(Victim.TAG, BIG, 1000, 2 * BIG / 5);
          Move.copy(OciLayout.open(images.layout()), repository(client));
        }
      }
    }
  }

  /** The digest of the largest layer. */
  private String big() throws IOException {
    try (var client = client()) {
      var manifest = repository(client).manifest(Selector.parse(Victim.TAG));
      return manifest.children().stream()
          .max(Comparator.comparingLong(child -> child.size()))
          .orElseThrow()
          .digest()
          .toString();
    }
  }

  private Path file(String name, int size) throws IOException {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Files.write(temp.resolve(name), bytes);
  }

  private static RegistryClient client() {
    return RegistryClient.create(TransportOptions.defaults(), Keychain.ANONYMOUS);
  }

  private Repository repository(RegistryClient client) {
    return client.repository(registry.host() + "/" + Victim.NAME);
  }
}
