package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget.Outcome;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dry run reads what the target has, says what the target would, and writes nothing. */
class DryRunTargetTest {
  private static final Bytes NEW = Bytes.of("new");
  private static final Descriptor LAYER = Descriptor.of(Contents.LAYER, NEW);

  private final Contents contents = new Contents();
  private final DryRunTarget<MemoryStore> dryRun = DryRunTarget.of(contents.store);

  @Test
  void whatTheTargetHasIsRead() throws Exception {
    var manifest = contents.builder("a").build();
    var root = contents.put(manifest, "v1", "v2");
    var layer = manifest.layers().get(0);

    assertThat(dryRun.resolve(new Tag("v1"))).isEqualTo(root);
    assertThat(dryRun.manifest(Selector.parse("v2"))).isEqualTo(manifest);
    assertThat(dryRun.listTags()).containsExactly("v1", "v2");
    assertThat(dryRun.read(layer, 10)).isEqualTo(Bytes.of("a"));
    assertThat(dryRun.exists(layer)).isTrue();
    assertThat(dryRun.push(layer, Blob.of(contents.store, layer))).isEqualTo(Outcome.SKIPPED);
  }

  @Test
  void whatIsNewIsReportedAndNotStored() throws Exception {
    var image = contents.image("a");

    assertThat(dryRun.push(LAYER, Blob.of(NEW))).isEqualTo(Outcome.TRANSFERRED);
    assertThat(dryRun.push(image, Blob.of(NEW), List.of(new Tag("v1"))))
        .isEqualTo(Outcome.TRANSFERRED);
    dryRun.tag(image, new Tag("v2"));

    assertThat(dryRun.exists(LAYER)).isFalse();
    assertThat(contents.store.tags()).isEmpty();
  }

  @Test
  void aRegistrysContentWouldBeMountedFromItsSiblings() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var one = client.repository(registry.host() + "/a/one");
      var two = client.repository(registry.host() + "/a/two");
      var dry = DryRunTarget.of(two);
      var body = Blob.of(NEW);

      assertThat(dry.push(LAYER, Blob.of(body, one))).isEqualTo(Outcome.MOUNTED);
      assertThat(dry.push(LAYER, Blob.of(body, DryRunTarget.of(one)))).isEqualTo(Outcome.MOUNTED);
      assertThat(dry.push(LAYER, Blob.of(body, contents.store))).isEqualTo(Outcome.TRANSFERRED);
      assertThat(GraphTarget.rejectsDanglingManifests(dry)).isTrue();
      assertThat(two.exists(LAYER)).isFalse();
    }
  }

  @Test
  void everyPieceIsAskedForWhateverTheTargetKnows() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var target = client.repository(registry.host() + "/a/one");
      var root = contents.put(contents.builder("a").build(), "v1");
      Copier.copy(contents.store, "v1", target);

      assertThat(target.likelyPresent(root)).isTrue();
      assertThat(DryRunTarget.of(target).likelyPresent(root)).isFalse();
      assertThat(GraphTarget.rejectsDanglingManifests(dryRun)).isFalse();
    }
  }

  @Test
  void itStandsForItsTargetByNameAndAsAKey() {
    assertThat(dryRun).hasToString("memory");
    assertThat(dryRun)
        .isEqualTo(DryRunTarget.of(contents.store))
        .hasSameHashCodeAs(DryRunTarget.of(contents.store))
        .isNotEqualTo(DryRunTarget.of(new MemoryStore()))
        .isNotEqualTo(contents.store);
  }
}
