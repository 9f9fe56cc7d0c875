package io.github.tugoci.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.Skopeo;
import io.github.tugoci.image.ImageBuilder;
import io.github.tugoci.image.Layer;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An image as old registries keep it, made by skopeo: it is copied as it is. */
class DockerSchema1IT {
  @RegisterExtension
  static final DockerRegistry HERE = DockerRegistry.builder().schemaOne().build();

  @RegisterExtension
  static final DockerRegistry THERE = DockerRegistry.builder().schemaOne().build();

  @AutoClose private final RegistryClient client = RegistryClient.anonymous();
  private final Path temp;

  DockerSchema1IT(@TempDir Path temp) {
    this.temp = temp;
  }

  @BeforeEach
  void skopeoPushesAnOldImage() throws Exception {
    var builder = ImageBuilder.onNothing(Platform.parse("linux/amd64"));
    for (var name : List.of("a", "b", "c")) {
      var folder = Files.createDirectories(temp.resolve(name));
      Files.writeString(folder.resolve(name), name);
      builder.layer(Layer.ofDirectory(folder, "/"));
    }
    var layout = temp.resolve("image");
    try (var image = builder.build()) {
      Copier.copy(
          image.source(),
          image.root(),
          OciLayout.create(layout),
          List.of("v1"),
          CopyOptions.defaults());
    }
    skopeo().convert("oci:" + layout + ":v1", old(HERE, "old/app"), "--format", "v2s1");
  }

  private static String old(DockerRegistry registry, String repository) {
    return "docker://" + registry.host() + "/" + repository + ":v1";
  }

  private Skopeo skopeo() {
    return Skopeo.at(HERE.uri(), temp.resolve("skopeo"));
  }

  private CopyResult copy(ContentTarget target) throws IOException {
    return Copier.copy(
        client.repository(HERE.host() + "/old/app"),
        "v1",
        target,
        List.of("v1"),
        CopyOptions.defaults());
  }

  @Test
  void itGoesToAnotherRegistryUnderItsDigest() throws Exception {
    var original = client.repository(HERE.host() + "/old/app").manifest("v1");
    assertThat(original).isInstanceOf(DockerSchema1Manifest.class);
    assertThat(original.mediaType()).isEqualTo(MediaType.DOCKER_SCHEMA_1_SIGNED);

    var there = client.repository(THERE.host() + "/new/app");
    var result = copy(there);

    assertThat(result.root()).isEqualTo(original.descriptor());
    assertThat(result.blobs()).isEqualTo(3);
    // the registry signs it anew whenever it is read; what is signed stays
    var digest = original.descriptor().digest();
    assertThat(there.manifest("v1").descriptor().digest()).isEqualTo(digest);
    assertThat(there.manifest(digest.toString()).descriptor().digest()).isEqualTo(digest);
    skopeo().convert(old(THERE, "new/app"), "dir:" + temp.resolve("read"));
  }

  @Test
  void withinARegistryItsLayersAreMounted() throws Exception {
    var result = copy(client.repository(HERE.host() + "/new/app"));

    assertThat(result.mounted()).isEqualTo(3);
    assertThat(result.bytes()).isZero();
    assertThat(copy(client.repository(HERE.host() + "/new/app")).bytes()).isZero();
  }

  @Test
  void noStoreOnDiskCanKeepIt() throws Exception {
    var layout = temp.resolve("layout");

    assertThatThrownBy(() -> copy(OciLayout.create(layout)))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("schema 1, which only registries keep; copy it to one");

    assertThat(layout).doesNotExist();
  }
}
