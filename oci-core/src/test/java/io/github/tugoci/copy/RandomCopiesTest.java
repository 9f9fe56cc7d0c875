package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever has tags comes through any chain of stores as it was. A failure's name has the seed; put
 * it among the seeds to see it again.
 */
class RandomCopiesTest {
  private static final long FIRST_SEED = 20_240_501;
  private static final int ROUNDS = 24;
  private static final int HOPS = 4;

  private final RegistryClient client = RegistryClient.anonymous();
  private final Path folder;
  private EmbeddedRegistry registry;

  RandomCopiesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  /** The same ones each time, and one that is new. */
  static LongStream seeds() {
    return LongStream.concat(
        LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS), LongStream.of(new Random().nextLong()));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aGraphComesThroughAnyStoresAsItWas(long seed, TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(seed));
    var random = new Random(seed);
    var original = RandomGraph.of(random);
    var way = new StringBuilder("memory");
    ContentSource here = original;
    for (int hop = 0; hop < HOPS; hop++) {
      here = copy(here, original.tags(), random, "hop" + hop);
      way.append(" → ").append(here.getClass().getSimpleName());
      assertThat(tags(here))
          .as("seed %d, %s", seed, way)
          .containsExactlyElementsOf(original.tags());
      var seen = new HashSet<Digest>();
      for (var tag : original.tags()) {
        var root = original.resolve(tag);
        assertThat(here.resolve(tag).plain()).as("seed %d, %s, %s", seed, way, tag).isEqualTo(root);
        assertSame(here, original, root, seen, "seed %d, %s, %s".formatted(seed, way, tag));
      }
    }
  }

  private ContentSource copy(ContentSource from, List<String> tags, Random random, String name)
      throws IOException {
    int concurrency = 1 + random.nextInt(5);
    return switch (random.nextInt(4)) {
      case 0 -> fill(new MemoryStore(), from, tags, concurrency);
      case 1 -> fill(OciLayout.create(folder.resolve(name)), from, tags, concurrency);
      case 2 -> fill(client.repository(registry.host() + "/" + name), from, tags, concurrency);
      default -> {
        var file = folder.resolve(name + ".tar");
        OciArchive.write(file, to -> fill(to, from, tags, concurrency));
        yield OciArchive.open(file);
      }
    };
  }

  private static <T extends ContentTarget> T fill(
      T to, ContentSource from, List<String> tags, int concurrency) throws IOException {
    var options = CopyOptions.builder().concurrency(concurrency).build();
    for (var tag : tags) {
      Copier.copy(from, tag, to, List.of(tag), options);
    }
    return to;
  }

  private static List<String> tags(ContentSource source) throws IOException {
    var tags =
        source instanceof MemoryStore memory
            ? memory.tags()
            : source instanceof OciLayout layout
                ? layout.tags()
                : source instanceof OciArchive archive
                    ? archive.tags()
                    : ((Repository) source).tags().list();
    return tags.stream().sorted().toList();
  }

  private static void assertSame(
      ContentSource actual, ContentSource expected, Descriptor node, Set<Digest> seen, String where)
      throws IOException {
    if (!seen.add(node.digest())) {
      return;
    }
    var manifest = expected.manifest(node);
    assertThat(actual.manifest(node).bytes()).as(where).isEqualTo(manifest.bytes());
    for (var child : manifest.children()) {
      if (manifest instanceof ImageIndex) {
        assertSame(actual, expected, child, seen, where + ", " + child.digest());
      } else if (!child.mediaType().isForeignLayer()) {
        assertThat(actual.read(child, 2_000_000))
            .as("%s, %s", where, child.digest())
            .isEqualTo(expected.read(child, 2_000_000));
      }
    }
  }
}
