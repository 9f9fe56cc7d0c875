package io.github.tugoci.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.publish.PublishResult.Outcome;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What images of a publication have in common, and what options mean for all of them. */
class SharedLayersTest {
  private static final int MIB = 1 << 20;

  @AutoClose private final EmbeddedRegistry registry;
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final MemoryStore store = new MemoryStore();

  SharedLayersTest() throws IOException {
    registry = EmbeddedRegistry.start();
  }

  private Repository repository(String name) {
    return client.repository(registry.host() + "/acme/" + name);
  }

  private Descriptor layer(MediaType type, int size, int seed) {
    var content = new byte[size];
    new Random(seed).nextBytes(content);
    return store.add(type, Bytes.of(content));
  }

  private ImageManifest image(String name, Descriptor... layers) {
    var config = store.add(new MediaType("application/vnd.example.config"), Bytes.of(name));
    var image = ImageManifest.builder(config).layers(List.of(layers)).build();
    store.add(image);
    return image;
  }

  @Test
  void aBaseLayerOfThreeImagesIsSentOnce() throws Exception {
    var base = layer(MediaType.OCI_LAYER, 8 * MIB, 1);
    var publication = Publication.tagged(List.of("1.0"));
    for (var name : List.of("api", "web", "worker")) {
      var own = layer(MediaType.OCI_LAYER, 1000, name.hashCode());
      var image = image(name, base, own);
      publication.image(name, store, image.descriptor().digest(), repository(name));
    }

    var published = Publisher.publish(publication.build(), CopyOptions.defaults());

    long sent = 0;
    for (var item : published.images()) {
      assertThat(item.outcome()).isEqualTo(Outcome.PUSHED);
      sent += item.transferred().bytes();
      assertThat(repository(item.name()).exists(base)).isTrue();
    }
    assertThat(sent).isBetween(8L * MIB, 8L * MIB + 4000);
    assertThat(published.images())
        .extracting(item -> item.transferred().mounted())
        .containsExactly(0, 1, 1);
  }

  @Test
  void foreignLayersGoAlongWhereTheyAreWanted() throws Exception {
    var foreign =
        layer(new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"), 10, 2);
    var image = image("windows", foreign);
    var options = CopyOptions.builder().foreignLayers(true).build();
    Publisher.publish(
        Publication.tagged(List.of("1.0"))
            .image("windows", store, image.descriptor().digest(), repository("windows"))
            .build(),
        options);
    assertThat(repository("windows").exists(foreign)).isTrue();
  }

  @Test
  void anImageKeepsTheDigestThatItWasAskedForBy() throws Exception {
    var image = image("strong");
    var strong = image.bytes().digest(Digest.Algorithm.SHA512);
    store.add(
        Descriptor.of(image.mediaType(), strong, image.bytes().size()), Blob.of(image.bytes()));
    var published = publish(strong, CopyOptions.defaults());
    assertThat(published.images().get(0).pinned().digest()).isEqualTo(strong);
    assertThat(repository("strong").resolve(strong.toString()).digest()).isEqualTo(strong);

    var kept = publish(strong, CopyOptions.builder().overwrite(false).build());
    assertThat(kept.images().get(0).outcome()).isEqualTo(Outcome.PRESENT);
  }

  private PublishResult publish(Digest digest, CopyOptions options) throws IOException {
    return Publisher.publish(
        Publication.tagged(List.of("1.0"))
            .image("strong", store, digest, repository("strong"))
            .build(),
        options);
  }
}
