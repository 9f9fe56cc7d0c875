package io.github.tugoci.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.artifact.ArtifactFile;
import io.github.tugoci.artifact.ArtifactPushOptions;
import io.github.tugoci.artifact.Artifacts;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fault.Victim.Move;
import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Jvm;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that move one thing after the other are killed at random moments: nothing claims to be
 * whole that isn't, and the next run finishes. {@code -Dfaults.kills=200} kills more often; {@code
 * -Dfaults.seed} repeats a run.
 */
@Timeout(7200)
class KilledAnywhereTest {
  private static final int KILLS = Integer.getInteger("faults.kills", 20);

  /** On a busy machine a build has fewer kills, but one of each move. */
  private static final Duration ENOUGH = Duration.ofSeconds(KILLS <= 20 ? 60 : 3600);

  /** A move takes some tens of milliseconds. */
  private static final int LONGEST = 200;

  @TempDir private Path temp;
  private final long seed = Long.getLong("faults.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private volatile CountDownLatch asked = new CountDownLatch(0);
  private EmbeddedRegistry registry;

  @BeforeEach
  void fill() throws IOException {
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder().requestListener(r -> asked.countDown()).build());
    var images =
        SampleImages.in(temp.resolve("source")).image(Victim.TAG, 900_000, 100_000, 5000, 500);
    var chart = Files.createDirectories(temp.resolve("chart"));
    Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: b\nversion: 1.0.0\n");
    Files.write(chart.resolve("big"), noise(500_000));
    var folder = Files.createDirectories(temp.resolve("files/folder"));
    Files.write(folder.resolve("file"), noise(300_000));
    Files.write(temp.resolve("files/big"), noise(600_000));
    var pushed = List.of(ArtifactFile.of(folder), ArtifactFile.of(temp.resolve("files/big")));
    try (var client = RegistryClient.anonymous()) {
      Move.copy(OciLayout.open(images.layout()), client.repository(registry.host() + "/image/b"));
      ChartArchive packed = ChartPackager.reproducible().pack(Chart.read(chart));
      Charts.push(
          client.repository(registry.host() + "/chart/b"), packed, ChartPushOptions.defaults());
      Artifacts.push(
          client.repository(registry.host() + "/artifact/b"),
          pushed,
          List.of(Victim.TAG),
          ArtifactPushOptions.defaults());
    }
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
  }

  private byte[] noise(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void nothingClaimsToBeWholeThatIsNot() throws Exception {
    Interop.requireProgram("kill");
    var end = Instant.now().plus(ENOUGH);
    var moves = List.of(Move.values());
    for (int i = 0; i < KILLS && (i < moves.size() || Instant.now().isBefore(end)); i++) {
      var move = moves.get(i % moves.size());
      var place = Files.createDirectory(temp.resolve("place" + i));
      var what = "seed %d, kill %d, %s".formatted(seed, i, move);
      kill(move, place, "pushed" + i + "/");
      try (var places = Files.list(place)) {
        for (var one : places.toList()) {
          check(move, one, what);
        }
      }
      if (move == Move.PUSH) {
        checkPushes("pushed" + i + "/", what);
      } else {
        var last = last(place);
        move.run(registry.host(), repository(move), last);
        assertThat(check(move, last, what)).as(what).isTrue();
        try (var files = Files.walk(last)) {
          assertThat(files).as(what).noneMatch(file -> file.toString().contains("/.tug-"));
        }
      }
    }
  }

  private void kill(Move move, Path place, String pushed) throws Exception {
    asked = new CountDownLatch(1 + random.nextInt(60));
    var log = temp.resolve("log");
    var name = move == Move.PUSH ? pushed : repository(move);
    var victim =
        Jvm.running(Victim.class)
            .start(log, move.name(), registry.host(), name, place.toString(), "again");
    while (!asked.await(100, TimeUnit.MILLISECONDS)) {
      assertThat(victim.isAlive()).as(Files.readString(log)).isTrue();
    }
    TimeUnit.MICROSECONDS.sleep(random.nextInt(LONGEST * 1000));
    assertThat(victim.isAlive()).as(Files.readString(log)).isTrue();
    victim.destroyForcibly().waitFor();
  }

  private static String repository(Move move) {
    return switch (move) {
      case ARTIFACT -> "artifact/b";
      case CHART -> "chart/b";
      default -> "image/b";
    };
  }

  private static Path last(Path place) throws IOException {
    try (var places = Files.list(place)) {
      return places
          .max(Comparator.comparingInt(one -> Integer.parseInt(one.getFileName().toString())))
          .orElseThrow();
    }
  }

  /** Whether all of it is there; fails if something is there that isn't right. */
  private boolean check(Move move, Path place, String what) throws IOException {
    return switch (move) {
      case PUSH -> true;
      case LAYOUT -> {
        var layout = OciLayout.create(place.resolve("layout"));
        yield layout.tags().contains(Victim.TAG) && isWhole(layout);
      }
      case OCI_ARCHIVE, DOCKER_ARCHIVE ->
          Files.exists(place.resolve("image.tar"))
              && isWhole(OciArchive.open(place.resolve("image.tar")));
      case ARTIFACT -> {
        boolean big = isSame(place.resolve("big"), temp.resolve("files/big"), what);
        yield isSame(place.resolve("folder/file"), temp.resolve("files/folder/file"), what) && big;
      }
      case CHART -> {
        var file = place.resolve("b-1.0.0.tgz");
        yield Files.exists(file) && Chart.read(file).metadata().name().equals("b");
      }
    };
  }

  private static boolean isSame(Path file, Path expected, String what) throws IOException {
    if (Files.notExists(file)) {
      return false;
    }
    assertThat(Files.mismatch(file, expected)).as("%s, %s", what, file).isEqualTo(-1);
    return true;
  }

  private static boolean isWhole(ContentSource source) throws IOException {
    Copier.copy(source, Victim.TAG, new MemoryStore());
    return true;
  }

  /** What has a tag in the registry has all its content; what was begun can be pushed again. */
  private void checkPushes(String prefix, String what) throws IOException {
    try (var client = RegistryClient.anonymous()) {
      for (int i = 0; ; i++) {
        var repository = client.repository(registry.host() + "/" + prefix + i);
        if (repository.manifests().head(new Tag(Victim.TAG)).isEmpty()) {
          Move.copy(OciLayout.open(temp.resolve("source")), repository);
          assertThat(isWhole(repository)).as(what).isTrue();
          return;
        }
        assertThat(isWhole(repository)).as(what).isTrue();
      }
    }
  }
}
