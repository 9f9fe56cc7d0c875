package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
 * Whatever has tags, and what refers to it, comes through any chain of stores as it was, even if a
 * store has a part of it already. A failure's name has the seed; put it among the seeds to see it
 * again.
 */
class RandomCopiesTest {
  private static final long FIRST_SEED = 20_240_501;
  private static final int ROUNDS = 8;
  private static final int HOPS = 4;

  /** A fallback index is looked at again after a multiple of the first pause. */
  private static final RetryPolicy QUICK =
      new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

  private final RegistryClient client =
      RegistryClient.create(
          TransportOptions.builder().retryPolicy(QUICK).build(), Keychain.ANONYMOUS);
  private final Path folder;
  private EmbeddedRegistry registry;
  private EmbeddedRegistry oldRegistry;

  RandomCopiesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
    oldRegistry =
        EmbeddedRegistry.start(EmbeddedRegistryOptions.builder().withoutReferrers().build());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
    oldRegistry.close();
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
    var graph = RandomGraph.of(random);
    var original = graph.store();
    var way = new StringBuilder("memory");
    ContentSource here = original;
    for (int hop = 0; hop < HOPS; hop++) {
      here = new Hop(graph, here, random).to("hop" + hop);
      way.append(" → ").append(here);
      var where = "seed %d, %s".formatted(seed, way);
      assertThat(tags(here)).as(where).containsExactlyElementsOf(original.tags());
      var seen = new HashSet<Digest>();
      for (var tag : original.tags()) {
        var root = original.resolve(Selector.parse(tag));
        assertThat(here.resolve(Selector.parse(tag)).plain())
            .as("%s, %s", where, tag)
            .isEqualTo(root);
        assertSame(here, original, root, seen, where);
      }
      assertThat(seen).hasSameSizeAs(graph.manifests());
    }
  }

  /** One copy of everything to another store. */
  private final class Hop {
    private final RandomGraph graph;
    private final ContentSource from;
    private final Random random;
    private final CopyOptions options;

    Hop(RandomGraph graph, ContentSource from, Random random) {
      this.graph = graph;
      this.from = from;
      this.random = random;
      this.options =
          CopyOptions.builder().referrers(true).concurrency(1 + random.nextInt(5)).build();
    }

    ContentSource to(String name) throws IOException {
      return switch (random.nextInt(5)) {
        case 0 -> fillTwice(new MemoryStore());
        case 1 -> fillTwice(OciLayout.create(folder.resolve(name)));
        case 2 -> fillTwice(client.repository(registry.host() + "/" + name));
        case 3 -> fillTwice(client.repository(oldRegistry.host() + "/" + name));
        default -> {
          var file = folder.resolve(name + ".tar");
          OciArchive.write(file, this::fill);
          yield OciArchive.open(file);
        }
      };
    }

    private <T extends ContentSource & ContentTarget> T fillTwice(T to) throws IOException {
      if (random.nextBoolean()) {
        begin(to);
      }
      fill(to);
      assertThat(fill(to)).as("blobs that were sent to %s again", to).isZero();
      return to;
    }

    /** Leaves what copies may leave that end too early. */
    private void begin(ContentTarget to) throws IOException {
      for (var blob : graph.blobs()) {
        if (random.nextBoolean()) {
          to.push(blob, BlobSource.blob(from, blob));
        }
      }
      for (var manifest : graph.manifests()) {
        if (random.nextInt(3) == 0) {
          var reference = manifest.digest().toString();
          Copier.copy(from, reference, to, List.of(), CopyOptions.defaults());
        } else if (!GraphTarget.rejectsDanglingManifests(to) && random.nextInt(3) == 0) {
          to.push(manifest, BlobSource.blob(from, manifest));
        }
      }
    }

    /** How many blobs were sent. */
    private int fill(ContentTarget to) throws IOException {
      int sent = 0;
      try (var run = CopySession.open(options)) {
        boolean together = random.nextBoolean();
        for (var tag : graph.store().tags()) {
          var tags = List.of(tag);
          sent +=
              Tag.isDigestTag(tag)
                  ? 0
                  : together
                      ? run.copy(from, Selector.parse(tag), to, tags).blobs()
                      : Copier.copy(from, tag, to, tags, options).blobs();
        }
      }
      return sent;
    }
  }

  /** Without those under which clients keep referrers. */
  private static List<String> tags(ContentSource source) throws IOException {
    return ((TagSource) source)
        .listTags().stream()
            .filter(tag -> !Tag.isDigestTag(tag) || tag.contains("."))
            .sorted()
            .toList();
  }

  private static void assertSame(
      ContentSource actual, ContentSource expected, Descriptor node, Set<Digest> seen, String way)
      throws IOException {
    if (!seen.add(node.digest())) {
      return;
    }
    var where = way + ", " + node.digest();
    var manifest = expected.manifest(node);
    assertThat(actual.manifest(node).bytes()).as(where).isEqualTo(manifest.bytes());
    for (var child : manifest.children()) {
      if (child.mediaType().isManifest()) {
        assertSame(actual, expected, child, seen, where);
      } else if (!child.mediaType().isForeignLayer()) {
        assertThat(actual.read(child, 2_000_000))
            .as("%s, %s", where, child.digest())
            .isEqualTo(expected.read(child, 2_000_000));
      }
    }
    var referrers = ReferrerSource.of(expected).referrers(node);
    assertThat(ReferrerSource.of(actual).referrers(node))
        .as(where)
        .containsExactlyInAnyOrderElementsOf(referrers);
    for (var referrer : referrers) {
      assertSame(actual, expected, referrer, seen, where);
    }
  }
}
