package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one copy does for a root that is new, that is there, and that its session has brought. */
class CopyTaskTest {
  private static final CopyOptions WITH_REFERRERS = CopyOptions.builder().referrers(true).build();

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<Descriptor> asked = Collections.synchronizedList(new ArrayList<>());
  private final Contents contents = new Contents();
  private final ContentSource source = new Source(contents.store, asked);
  private EmbeddedRegistry registry;
  private RegistryClient client;
  private Repository target;

  @BeforeEach
  void start() throws Exception {
    registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder()
                .requestListener(request -> requests.add(request.method()))
                .build());
    client = RegistryClient.anonymous();
    target = client.repository(registry.host() + "/a/b");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  /** Writes down of what it is asked for the referrers. */
  private record Source(MemoryStore store, List<Descriptor> asked)
      implements ContentSource, ReferrerSource {
    @Override
    public List<Descriptor> referrers(Descriptor subject) throws IOException {
      asked.add(subject);
      return store.referrers(subject);
    }

    @Override
    public Descriptor resolve(Selector selector) throws IOException {
      return store.resolve(selector);
    }

    @Override
    public InputStream fetch(Descriptor descriptor) throws IOException {
      return store.fetch(descriptor);
    }
  }

  @Test
  void aRootThatIsThereIsAskedForOncePerSession() throws Exception {
    var root = contents.index(contents.image("a"), contents.image("b"));
    Copier.copy(source, root.digest().toString(), target);
    requests.clear();
    try (var session = CopySession.open(CopyOptions.defaults())) {
      for (int i = 0; i < 2; i++) {
        assertThat(session.copy(source, root.digest(), target, List.of()))
            .isEqualTo(new CopyResult(root, null, 0, 0, 2, 0));
      }
    }
    assertThat(requests).containsExactly("HEAD");
  }

  @Test
  void referrersAreLookedForOncePerSession() throws Exception {
    var root = contents.image("a");
    var note = contents.put(contents.builder("note").subject(root).build());
    try (var session = CopySession.withoutProbes(WITH_REFERRERS)) {
      session.copy(source, root.digest(), target, List.of());
      session.copy(source, root.digest(), target, List.of("v1"));
    }
    assertThat(asked).containsExactlyInAnyOrder(root, note);
    assertThat(target.referrers(root))
        .extracting(Descriptor::digest)
        .containsExactly(note.digest());
  }

  @Test
  void referrersOfARootThatIsThereAreCopied() throws Exception {
    var image = contents.image("a");
    var root = contents.index(image);
    Copier.copy(source, root.digest().toString(), target);
    var note = contents.put(contents.builder("note").subject(image).build());

    try (var session = CopySession.open(WITH_REFERRERS)) {
      session.copy(source, root.digest(), target, List.of());
    }

    assertThat(target.exists(note)).isTrue();
  }

  private Descriptor schema1() throws IOException {
    var layer = contents.blob(MediaType.DOCKER_LAYER_GZIP, "layer");
    return contents.put(
        Manifest.parse(
            Bytes.of(
                "{\"schemaVersion\":1,\"fsLayers\":[{\"blobSum\":\"%s\"}]}"
                    .formatted(layer.digest()))));
  }

  @Test
  void aStoreDoesNotKeepSchema1() throws Exception {
    var root = schema1();
    var store = new MemoryStore();

    assertThatThrownBy(() -> Copier.copy(contents.store, root.digest().toString(), store))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "source memory: %s is a Docker manifest of schema 1, which only registries keep; copy it to one"
                .formatted(root.digest()));
    assertThat(store.exists(Descriptor.of(MediaType.DOCKER_LAYER_GZIP, Bytes.of("layer"))))
        .isFalse();
  }

  @Test
  void aRegistryMayKeepSchema1() throws Exception {
    var root = schema1();

    assertThat(
            Copier.copy(contents.store, root.digest().toString(), DryRunTarget.of(target)).blobs())
        .isOne();
  }

  @Test
  void aCopyThatWasCutIsTaggedByTheNext() throws Exception {
    var manifest = contents.builder("a").build();
    var root = contents.put(manifest, "v1");
    for (var blob : manifest.children()) {
      target.push(blob, Blob.of(contents.store, blob));
    }
    target.push(root, Blob.of(contents.store, root));
    requests.clear();

    var result = Copier.copy(contents.store, "v1", target);

    assertThat(result.blobs()).isZero();
    assertThat(result.skipped()).isEqualTo(2);
    assertThat(target.resolve("v1").digest()).isEqualTo(root.digest());
  }
}
