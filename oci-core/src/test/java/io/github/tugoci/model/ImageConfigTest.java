package io.github.tugoci.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageConfigTest {
  @Test
  void aConfigurationIsReadAndItsBytesAreKept() throws Exception {
    var layer = Bytes.of("layer").digest();
    var bytes =
        Bytes.of(
            """
            {"created": "2024-01-02T03:04:05Z", "author": "Ada", "architecture": "arm64",
             "variant": "v8", "os": "linux", "history": [{"created_by": "sh"}],
             "config": {"User": "app", "Env": ["A=1", "B=2"], "Entrypoint": ["/bin/app", "run"],
               "Cmd": ["--help"], "WorkingDir": "/app", "Labels": {"l": "1"},
               "ExposedPorts": {"80/tcp": {}}},
             "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
            """
                .formatted(layer));

    var config = ImageConfig.parse(bytes);

    assertThat(config.bytes()).isEqualTo(bytes);
    assertThat(config.platform()).isEqualTo(Platform.parse("linux/arm64/v8"));
    assertThat(config.created()).isEqualTo("2024-01-02T03:04:05Z");
    assertThat(config.author()).isEqualTo("Ada");
    assertThat(config.user()).isEqualTo("app");
    assertThat(config.env()).containsExactly("A=1", "B=2");
    assertThat(config.entrypoint()).containsExactly("/bin/app", "run");
    assertThat(config.cmd()).containsExactly("--help");
    assertThat(config.workingDir()).isEqualTo("/app");
    assertThat(config.labels()).isEqualTo(Map.of("l", "1"));
    assertThat(config.diffIds()).containsExactly(layer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"config\":null,\"rootfs\":{\"diff_ids\":null}}",
        "{\"config\":{\"Env\":null,\"Cmd\":null,\"Labels\":null}}",
      })
  void whatGoWritesAsNullIsEmpty(String text) throws Exception {
    var config = ImageConfig.parse(Bytes.of(text));

    assertThat(config.env()).isEmpty();
    assertThat(config.cmd()).isEmpty();
    assertThat(config.labels()).isEmpty();
    assertThat(config.diffIds()).isEmpty();
    assertThat(config.user()).isNull();
    assertThat(config.platform()).hasToString("unknown/unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"config\":[]}",
        "{\"config\":{\"Cmd\":\"sh\"}}",
        "{\"config\":{\"Env\":[1]}}",
        "{\"rootfs\":{\"diff_ids\":[\"sha256:x\"]}}",
      })
  void aMalformedConfigurationIsRefusedAndNamed(String text) {
    assertThatThrownBy(() -> ImageConfig.parse(Bytes.of(text)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("image configuration " + Bytes.of(text).digest());
  }
}
