package io.github.tugoci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an image's two descriptions fit, when they don't, and when there is only one. */
class ImageValidatorTest {
  private static final String A = Bytes.of("a").digest().toString();
  private static final String B = Bytes.of("b").digest().toString();

  private static Bytes rootfs(String... diffIds) {
    var ids = Arrays.stream(diffIds).map(id -> "\"" + id + "\"").toList();
    return Bytes.of("{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":" + ids + "}}");
  }

  private static ImageManifest.Builder image(Bytes config, MediaType... layers) {
    var builder = ImageManifest.builder(Descriptor.of(MediaType.OCI_CONFIG, config));
    for (int i = 0; i < layers.length; i++) {
      builder.layer(Descriptor.of(layers[i], Bytes.of("layer " + i)));
    }
    return builder;
  }

  private static void check(Bytes config, MediaType... layers) throws InvalidContentException {
    ImageValidator.check(image(config, layers).build(), config);
  }

  @Test
  void eachLayerHasItsDiffId() throws Exception {
    var config = rootfs(A, B);
    var image = image(config, MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP).build();

    assertThat(ImageValidator.diffIds(image, config)).hasToString("[" + A + ", " + B + "]");
  }

  @Test
  void anotherNumberOfLayersIsRefused() {
    assertThatThrownBy(() -> check(rootfs(A, B)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("the manifest lists 0 layers")
        .hasMessageContaining("2 diff_ids");
    assertThatThrownBy(() -> check(rootfs(A), MediaType.OCI_LAYER_ZSTD, MediaType.OCI_LAYER))
        .hasMessageContaining("2 layers");
    assertThatThrownBy(() -> check(rootfs(), MediaType.OCI_LAYER)).hasMessageContaining("0 diff");
    var foreign = new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
    assertThatThrownBy(() -> check(rootfs(A), foreign, foreign)).hasMessageContaining("2 layers");
  }

  @Test
  void oneLayerWithTwoDiffIdsIsRefused() {
    var config = rootfs(A, B);
    var layer = Descriptor.of(MediaType.OCI_LAYER_GZIP, Bytes.of("layer"));
    var image = image(config).layer(layer).layer(layer).build();

    assertThatThrownBy(() -> ImageValidator.check(image, config))
        .hasMessageContaining("two diff_ids for the layer " + layer.digest());
    assertThatThrownBy(() -> check(rootfs("sha256:1"), MediaType.OCI_LAYER))
        .hasMessageContaining("invalid diff_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "no JSON",
        "[]",
        "{\"rootfs\":null}",
        "{\"rootfs\":\"none\"}",
        "{\"rootfs\":{\"type\":\"\",\"diff_ids\":null}}"
      })
  void aConfigurationThatSaysNothingOfLayersFitsAll(String config) throws Exception {
    check(Bytes.of(config), MediaType.OCI_LAYER, MediaType.OCI_LAYER);
  }

  @Test
  void whatIsNoImageIsNotCompared() throws Exception {
    var config = rootfs();
    check(config, new MediaType("application/vnd.in-toto+json"));
    check(rootfs(A), MediaType.OCI_LAYER, MediaType.OCTET_STREAM);
    var type = new MediaType("application/vnd.example");
    ImageValidator.check(image(config, MediaType.OCI_LAYER).artifactType(type).build(), config);
    var other = ImageManifest.builder(Descriptor.of(type, config));
    ImageValidator.check(other.layer(Descriptor.of(MediaType.OCI_LAYER, config)).build(), config);
  }
}
