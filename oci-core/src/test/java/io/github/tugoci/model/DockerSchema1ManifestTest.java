package io.github.tugoci.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.image.IndexBuilder;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerSchema1ManifestTest {
  private static final Digest LAYER = Digest.of("layer".getBytes(UTF_8));
  private static final String HEAD =
      "{\"schemaVersion\":1,\"name\":\"old/app\",\"fsLayers\":[{\"blobSum\":\"%1$s\"},"
          + "{\"blobSum\":\"%1$s\"}]";
  private static final Bytes UNSIGNED = Bytes.of(HEAD.formatted(LAYER) + "\n}");

  private static Bytes signed(String format) {
    return Bytes.of(
        HEAD.formatted(LAYER)
            + ",\"signatures\":[{\"signature\":\"c2lnbmVk\",\"protected\":\"%s\"}]\n}"
                .formatted(base64(format)));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  private static Bytes signed() {
    return signed(
        "{\"formatLength\":%d,\"formatTail\":\"%s\"}"
            .formatted(UNSIGNED.size() - 2, base64("\n}")));
  }

  @Test
  void itsDigestIsThatOfTheDocumentWithoutSignatures() throws Exception {
    var manifest = Manifest.parse(signed());

    assertThat(manifest.mediaType()).isEqualTo(MediaType.DOCKER_SCHEMA_1_SIGNED);
    assertThat(manifest.descriptor())
        .isEqualTo(
            Descriptor.of(MediaType.DOCKER_SCHEMA_1_SIGNED, UNSIGNED.digest(), signed().size()));
    assertThat(manifest.bytes()).isEqualTo(signed());
  }

  @Test
  void withoutSignaturesItsDigestIsThatOfTheDocument() throws Exception {
    var manifest = Manifest.parse(UNSIGNED);

    assertThat(manifest.mediaType()).isEqualTo(MediaType.DOCKER_SCHEMA_1);
    assertThat(manifest.descriptor().digest()).isEqualTo(UNSIGNED.digest());
  }

  @Test
  void eachLayerIsNamedOnceAndNothingElseIsRead() throws Exception {
    var manifest = (DockerSchema1Manifest) Manifest.parse(signed());

    assertThat(manifest.layers()).containsExactly(LAYER);
    assertThat(manifest.children()).isEmpty();
    assertThat(manifest.annotations()).isEmpty();
    assertThat(manifest.subject()).isNull();
    assertThat(manifest.artifactType()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"formatLength\":3}",
        "{\"formatLength\":3,\"formatTail\":\"?\"}",
        "{\"formatLength\":-1,\"formatTail\":\"fQ\"}",
        "{\"formatLength\":100000,\"formatTail\":\"fQ\"}",
        "{\"formatLength\":10000000000,\"formatTail\":\"fQ\"}"
      })
  void aMalformedSignatureIsRefused(String format) {
    assertThatThrownBy(() -> Manifest.parse(signed(format)))
        .isInstanceOf(InvalidContentException.class);
  }

  /** Whoever asks for a digest must not be given another document in its name. */
  @Test
  void aSignatureOfAnotherDocumentIsRefused() {
    for (var other : List.of("{\"schemaVersion\":2}", HEAD.formatted(LAYER) + ",\"tag\":\"x\"}")) {
      var format = "{\"formatLength\":0,\"formatTail\":\"%s\"}".formatted(base64(other));
      assertThatThrownBy(() -> Manifest.parse(signed(format)))
          .isInstanceOf(InvalidContentException.class)
          .hasMessageContaining("signature of another document");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schemaVersion\":2,\"fsLayers\":[]}",
        "{\"schemaVersion\":1,\"fsLayers\":[{}]}",
        "{\"schemaVersion\":1,\"fsLayers\":[{\"blobSum\":\"../x\"}]}"
      })
  void aMalformedOneIsRefused(String json) {
    assertThatThrownBy(() -> Manifest.parse(Bytes.of(json)))
        .isInstanceOf(InvalidContentException.class);
  }

  @Test
  void onlyARegistryKeepsItAndNotOursEither() throws Exception {
    var store = new MemoryStore();
    var manifest = Manifest.parse(UNSIGNED);
    RootTarget.push(store, manifest.descriptor(), Blob.of(UNSIGNED), List.of(new Tag("v1")));
    store.push(Descriptor.of(MediaType.DOCKER_LAYER_GZIP, LAYER, 5), Blob.of(Bytes.of("layer")));

    assertThatThrownBy(
            () ->
                Copier.copy(store, "v1", new MemoryStore(), List.of("v1"), CopyOptions.defaults()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("schema 1, which only registries keep; copy it to one");
    try (var registry = EmbeddedRegistry.start();
        var client = RegistryClient.anonymous()) {
      var repository = client.repository(registry.host() + "/old/app");
      assertThatThrownBy(
              () -> Copier.copy(store, "v1", repository, List.of("v1"), CopyOptions.defaults()))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("schema 1");
      assertThat(repository.blobs().exists(LAYER)).isTrue();
    }
  }

  @Test
  void noIndexNamesIt() throws Exception {
    var manifest = Manifest.parse(UNSIGNED);

    assertThatThrownBy(() -> new IndexBuilder().add(new MemoryStore(), manifest))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("schema 1");
  }
}
