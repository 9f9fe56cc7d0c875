package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A copy begins at what was asked for, by the digest that it was asked for by. */
class RootTest {
  private static final Tag TAG = new Tag("v1");

  private final Contents contents = new Contents();
  private final MemoryStore store = contents.store;
  private ImageManifest manifest;
  private Descriptor named;

  /** A tag leads to a manifest that its store calls by its SHA-512. */
  @BeforeEach
  void tagAManifest() throws IOException {
    manifest = contents.builder("a").build();
    var bytes = manifest.bytes();
    named =
        Descriptor.of(manifest.mediaType(), bytes.digest(Digest.Algorithm.SHA512), bytes.size());
    store.add(named, Blob.of(bytes));
    store.tag(named, TAG);
  }

  @Test
  void aLocalTagLeadsToTheNameThatTheStoreHas() throws Exception {
    assertThat(Root.resolve(store, TAG)).isEqualTo(new Root(named, manifest));
    assertThat(Root.resolve(store, TAG, new MemoryStore())).isEqualTo(new Root(named, manifest));
  }

  @Test
  void aDigestIsKept() throws Exception {
    assertThat(Root.resolve(store, named.digest())).isEqualTo(new Root(named, manifest));
  }

  @Test
  void aRegistrysTagLeadsToWhatSha256Names() throws Exception {
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/a/b");
      Copier.copy(store, "v1", repository);

      assertThat(Root.resolve(repository, TAG)).isEqualTo(Root.of(manifest));
      assertThat(Root.resolve(repository, named.digest())).isEqualTo(new Root(named, manifest));
    }
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThatThrownBy(() -> Root.resolve(store, new Tag("v2")))
        .isInstanceOf(NotFoundException.class);
  }
}
