package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which images of an index are taken, and what becomes of the index. */
class PlatformSelectorTest {
  private final Contents contents = new Contents();

  private Descriptor image(String platform) throws IOException {
    return contents.image(platform).withPlatform(Platform.parse(platform));
  }

  private Descriptor attestation(Descriptor image) throws IOException {
    return contents
        .image("about " + image.digest())
        .withPlatform(Platform.parse("unknown/unknown"))
        .withAnnotations(
            Map.of(
                "vnd.docker.reference.digest",
                image.digest().toString(),
                "vnd.docker.reference.type",
                "attestation-manifest"));
  }

  private static List<Platform> platforms(String... texts) {
    return Arrays.stream(texts).map(Platform::parse).toList();
  }

  private Manifest choose(Descriptor root, String... platforms) throws IOException {
    var from = new Root(root.plain(), contents.store.manifest(root));
    return PlatformSelector.select(contents.store, from, platforms(platforms)).manifest();
  }

  @Test
  void onePlatformIsChosenAndOthersAreListed() throws Exception {
    var arm = image("linux/arm64");
    var root =
        contents.index(
            attestation(arm),
            image("linux/amd64"),
            contents.index(arm).withPlatform(Platform.parse("linux/arm64/v8")));

    assertThat(choose(root, "linux/arm64/v8").descriptor()).isEqualTo(arm.plain());
    assertThatThrownBy(() -> choose(root, "linux/riscv64"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageEndingWith(
            "has no image for linux/riscv64, but for linux/amd64, linux/arm64/v8");
    assertThatThrownBy(() -> choose(root, "unknown/unknown")).isInstanceOf(NotFoundException.class);
    assertThat(choose(arm, "linux/amd64").descriptor()).isEqualTo(arm.plain());
  }

  @Test
  void ofSeveralThatRunTheNewestIsChosen() throws Exception {
    var v5 = image("linux/arm/v5");
    var v6 = image("linux/arm/v6");
    var v7 = image("linux/arm/v7");
    var root = contents.index(v5, v7, v6, image("linux/arm/v8"));

    assertThat(choose(root, "linux/arm").descriptor()).isEqualTo(v7.plain());
    assertThat(choose(root, "linux/arm/v6").descriptor()).isEqualTo(v6.plain());
    assertThat(choose(contents.index(v5, v7), "linux/arm/v6").descriptor()).isEqualTo(v5.plain());
  }

  @Test
  void severalPlatformsMakeAnIndexInTheOldOrderWithTheirAttestations() throws Exception {
    var amd = image("linux/amd64");
    var arm = image("linux/arm64");
    var s390 = image("linux/s390x");
    var document =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","future":{"a":1},
        "manifests":[],"annotations":{"by":"us"}}\
        """;
    var entries =
        List.of(amd, s390, arm, attestation(s390), attestation(arm).withArtifactType(null));
    var root =
        contents.put(((ImageIndex) Manifest.parse(Bytes.of(document))).withManifests(entries));

    var filtered = (ImageIndex) choose(root, "linux/arm64", "linux/amd64", "linux/arm64/v8");

    assertThat(filtered.manifests()).containsExactly(amd, arm, entries.get(4));
    assertThat(filtered.annotations()).isEqualTo(Map.of("by", "us"));
    assertThat(filtered.bytes().toString()).contains("\"future\":{\"a\":1}");
    assertThat(Manifest.parse(filtered.bytes())).isEqualTo(filtered);
    var target = new MemoryStore();
    var options = CopyOptions.builder().platforms(platforms("linux/arm64", "linux/amd64")).build();
    var result =
        Copier.copy(contents.store, root.digest().toString(), target, List.of("v1"), options);
    assertThat(result.filteredFrom()).isEqualTo(root.digest());
    assertThat(target.manifest(Selector.parse("v1"))).isEqualTo(filtered);
    assertThat(target.exists(arm)).isTrue();
    assertThat(target.exists(s390)).isFalse();
  }

  @Test
  void anIndexOfWhichNothingIsLeftOutKeepsItsDigest() throws Exception {
    var root = contents.index(image("linux/amd64"), image("linux/arm64"));
    var options = CopyOptions.builder().platforms(platforms("linux/arm64", "linux/amd64")).build();
    var result =
        Copier.copy(
            contents.store, root.digest().toString(), new MemoryStore(), List.of(), options);
    assertThat(result.root()).isEqualTo(root);
    assertThat(result.filteredFrom()).isNull();
  }

  @Test
  void anIndexWithoutPlatformIsFollowed() throws Exception {
    var amd = image("linux/amd64");
    var arm = image("linux/arm64");
    var root = contents.index(contents.index(amd, image("linux/386")), arm);

    assertThat(choose(root, "linux/amd64").descriptor()).isEqualTo(amd.plain());
    assertThat(choose(root, "linux/arm64", "linux/amd64").children()).containsExactly(amd, arm);
    var deep = root;
    for (int i = 0; i < 5; i++) {
      deep = contents.index(deep);
    }
    var tooDeep = deep;
    assertThatThrownBy(() -> choose(tooDeep, "linux/amd64"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("too many nested indexes");
  }

  @Test
  void aVersionOfWindowsIsChosenByItsBeginning() throws Exception {
    var old = image("windows(10.0.17763.5)/amd64");
    var root = contents.index(old, image("windows(10.0.20348.7)/amd64"));
    assertThat(choose(root, "windows(10.0.17763)/amd64").descriptor()).isEqualTo(old.plain());
    assertThat(MediaType.OCI_INDEX).isEqualTo(root.mediaType());
  }
}
