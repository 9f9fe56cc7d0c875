package io.github.tugoci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        " Application/JSON ;q=1",
        "APPLICATION/JSON",
      })
  void parametersCaseAndSpacesDoNotCount(String header) {
    assertThat(MediaType.parse(header)).isEqualTo(MediaType.JSON);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "Application/json", "application/json;q=1", " a/b"})
  void aTypeOfPartsIsBare(String value) {
    assertThatThrownBy(() -> new MediaType(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "application/vnd.oci.image.manifest.v1+json, true, false",
    "application/vnd.oci.image.index.v1+json, true, true",
    "application/vnd.docker.distribution.manifest.v2+json, true, false",
    "application/vnd.docker.distribution.manifest.list.v2+json, true, true",
    "application/vnd.docker.distribution.manifest.v1+prettyjws, true, false",
    "application/vnd.docker.distribution.manifest.v1+json, true, false",
    "application/vnd.oci.image.config.v1+json, false, false",
    "application/json, false, false",
  })
  void registriesKeepSomeTypesAsManifests(String type, boolean manifest, boolean index) {
    assertThat(new MediaType(type).isManifest()).isEqualTo(manifest);
    assertThat(new MediaType(type).isIndex()).isEqualTo(index);
  }

  @Test
  void layersThatMayNotBeDistributedAreForeign() {
    assertThat(new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"))
        .matches(MediaType::isForeignLayer);
    assertThat(new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+zstd"))
        .matches(MediaType::isForeignLayer);
    assertThat(MediaType.DOCKER_LAYER_GZIP.isForeignLayer()).isFalse();
  }
}
