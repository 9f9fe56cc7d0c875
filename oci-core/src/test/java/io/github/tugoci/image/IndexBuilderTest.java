package io.github.tugoci.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class IndexBuilderTest {
  private static final Platform AMD64 = Platform.parse("linux/amd64");
  private static final Platform ARM64 = Platform.parse("linux/arm64");

  private final MemoryStore store = new MemoryStore();

  @Test
  void imagesComeInTheirOrderWithTheirConfigurationsPlatforms() throws IOException {
    var index =
        new IndexBuilder()
            .add(store, image("arm64", "1"))
            .add(store, image("amd64", "1"))
            .add(store, image("amd64", "1"))
            .annotation("k", "v")
            .index();
    assertThat(index.manifests()).extracting(Descriptor::platform).containsExactly(ARM64, AMD64);
    assertThat(index.annotations()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void anIndexGivesItsImagesAndAttestations() throws IOException {
    var arm = image("arm64", "1");
    var nested = ImageIndex.of(List.of(arm.descriptor()), Map.of());
    store.add(nested);
    var attested = attested(image("amd64", "1"), nested);

    var all = new IndexBuilder().add(store, attested);
    var one = new IndexBuilder().add(store, attested).only(List.of(AMD64));

    assertThat(all.index().manifests())
        .containsExactly(
            attested.manifests().get(0),
            attested.manifests().get(1),
            arm.descriptor().withPlatform(ARM64));
    assertThat(one.index().manifests()).isEqualTo(attested.manifests().subList(0, 2));
    assertThatThrownBy(
            () ->
                new IndexBuilder()
                    .add(store, attested)
                    .only(List.of(Platform.parse("linux/s390x")))
                    .index())
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("linux/s390x");
  }

  @Test
  void twoImagesForOnePlatformAreRefused() throws IOException {
    var index = new IndexBuilder().add(store, image("amd64", "1"));
    var other = image("amd64", "2");
    assertThatThrownBy(() -> index.add(store, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both for linux/amd64");
  }

  @Test
  void indexesWithinIndexesEndSomewhere() throws IOException {
    Manifest deep = image("amd64", "1");
    for (int i = 0; i < 6; i++) {
      deep = ImageIndex.of(List.of(deep.descriptor()), Map.of());
      store.add(deep);
    }
    var tooDeep = deep;
    assertThatThrownBy(() -> new IndexBuilder().add(store, tooDeep))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void imagesFromElsewhereAreCopiedAndThoseOfTheTargetArentAskedFor() throws IOException {
    var requests = new CopyOnWriteArrayList<String>();
    var listening =
        EmbeddedRegistryOptions.builder()
            .requestListener(request -> requests.add(request.method()))
            .build();
    try (var registry = EmbeddedRegistry.start(listening);
        var client = RegistryClient.anonymous()) {
      var target = client.repository(Reference.parse(registry.host() + "/acme/app"));
      new IndexBuilder()
          .add(store, attested(image("amd64", "1")))
          .copy(target, List.of("1"), CopyOptions.defaults());
      assertThat(((ImageIndex) target.manifest("1")).manifests()).hasSize(2);

      requests.clear();
      var again = new IndexBuilder().add(target, target.manifest("1")).annotation("k", "v");
      var result = again.copy(target, List.of("2"), CopyOptions.defaults());
      assertThat(requests).containsExactly("GET", "PUT");
      assertThat(target.manifest("2").bytes().digest()).isEqualTo(result.root().digest());
    }
  }

  @Test
  void whatAnIndexNamesBesidesManifestsGoesAlong() throws IOException {
    var blob = store.add(MediaType.OCI_LAYER_GZIP, Bytes.of("cache"));
    var cache = ImageIndex.of(List.of(blob, image("amd64", "1").descriptor()), Map.of());
    store.add(cache);
    var target = new MemoryStore();

    new IndexBuilder().add(store, cache).copy(target, List.of("1"), CopyOptions.defaults());

    assertThat(target.manifest(Selector.parse("1")).children())
        .extracting(Descriptor::digest)
        .containsExactly(blob.digest(), cache.manifests().get(1).digest());
    assertThat(target.read(blob, 10)).hasToString("cache");
  }

  private ImageManifest image(String architecture, String content) {
    var config =
        "{\"architecture\":\"" + architecture + "\",\"os\":\"linux\",\"x\":" + content + "}";
    var image =
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of(config)))
            .layer(store.add(MediaType.OCI_LAYER_GZIP, Bytes.of("layer of " + architecture)))
            .build();
    store.add(image);
    return image;
  }

  /** An index as BuildKit writes it: an image, its attestation, and more. */
  private ImageIndex attested(ImageManifest image, Manifest... more) {
    var attestation =
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of("{\"a\":1}"))).build();
    store.add(attestation);
    var entries = new ArrayList<Descriptor>();
    entries.add(image.descriptor().withPlatform(AMD64));
    entries.add(
        attestation
            .descriptor()
            .withPlatform(Platform.parse("unknown/unknown"))
            .withAnnotations(
                Map.of(Annotations.DOCKER_REFERENCE_DIGEST, image.bytes().digest().toString())));
    for (var manifest : more) {
      entries.add(manifest.descriptor());
    }
    var index = ImageIndex.of(entries, Map.of());
    store.add(index);
    return index;
  }
}
