package io.github.tugoci.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Tag;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A tag with several writers, on a registry that knows no conditional writes. */
class SharedTagTest {
  private static final Tag TAG = new Tag("shared");
  private static final Descriptor CONFIG = Descriptor.of(MediaType.EMPTY_JSON, Bytes.of("{}"));

  /** Adds an annotation of its name, unless it is there. */
  private static Optional<Manifest> add(String name, Optional<Manifest> present) {
    var builder = ImageManifest.builder(CONFIG).annotation(name, "there");
    if (present.orElse(null) instanceof ImageManifest image) {
      if (image.annotations().containsKey(name)) {
        return Optional.empty();
      }
      image.annotations().forEach(builder::annotation);
    }
    return Optional.of(builder.build());
  }

  @Test
  void anEditThatAnotherWriterOverwroteIsMadeAgain() throws Exception {
    try (var old = OldRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(old.host() + "/a/b");
      var theirs = ImageManifest.builder(CONFIG).annotation("theirs", "there").build();
      repository.push(theirs.descriptor(), Blob.of(theirs.bytes()), List.of(TAG));
      old.overwriteOnce("/manifests/" + TAG.name());

      repository.editTag(TAG, present -> add("ours", present));

      assertThat(repository.manifest(TAG)).isInstanceOf(ImageManifest.class);
      assertThat(((ImageManifest) repository.manifest(TAG)).annotations())
          .containsOnlyKeys("theirs", "ours");
    }
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws Exception {
    try (var old = OldRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(old.host() + "/a/b");
      repository.editTag(TAG, present -> add("ours", present));

      repository.editTag(TAG, present -> add("ours", present));

      assertThat(old.requests()).filteredOn(request -> request.startsWith("PUT")).hasSize(1);
    }
  }
}
