package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.CopySide;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.registry.RegistryClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The failure of a copy says on which side it was, as a value. */
class CopySideTest {
  private final Contents contents = new Contents();
  @AutoClose private final RegistryClient client = RegistryClient.anonymous();

  private static OciException failure(ContentSource source, ContentTarget target) {
    return catchThrowableOfType(OciException.class, () -> Copier.copy(source, "v1", target));
  }

  private void assertFails(
      ContentSource source,
      ContentTarget target,
      Class<? extends OciException> type,
      CopySide side) {
    var failure = failure(source, target);
    assertThat(failure).isInstanceOf(type);
    assertThat(failure.side()).as(failure.getMessage()).contains(side);
  }

  @Test
  void wrongContentIsTheSources() throws Exception {
    var config = contents.blob(MediaType.OCI_CONFIG, "{}");
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("right"));
    contents.store.add(layer, Blob.of(Bytes.of("wrong")));
    contents.put(ImageManifest.builder(config).layer(layer).build(), "v1");
    try (var registry = EmbeddedRegistry.start()) {
      var repository = client.repository(registry.host() + "/acme/app");
      assertFails(contents.store, repository, InvalidContentException.class, CopySide.SOURCE);
    }
    assertFails(contents.store, new MemoryStore(), InvalidContentException.class, CopySide.SOURCE);
  }

  @Test
  void whatIsMissingIsTheSources() throws Exception {
    assertFails(contents.store, new MemoryStore(), NotFoundException.class, CopySide.SOURCE);
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("missing"));
    var config = contents.blob(MediaType.OCI_CONFIG, "{}");
    contents.put(ImageManifest.builder(config).layer(layer).build(), "v1");
    assertFails(contents.store, new MemoryStore(), NotFoundException.class, CopySide.SOURCE);
  }

  @Test
  void aRegistryThatRefusesIsTheSideThatItIsOn() throws Exception {
    contents.put(contents.builder("a").build(), "v1");
    try (var registry =
        EmbeddedRegistry.start(
            EmbeddedRegistryOptions.builder().user("alice", "wonderland").build())) {
      var repository = client.repository(registry.host() + "/acme/app");
      assertFails(contents.store, repository, AuthenticationException.class, CopySide.TARGET);
      assertFails(repository, new MemoryStore(), AuthenticationException.class, CopySide.SOURCE);
    }
  }
}
