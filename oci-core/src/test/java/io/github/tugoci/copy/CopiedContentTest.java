package io.github.tugoci.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Content of every kind comes through as it is. */
class CopiedContentTest {
  private final Contents contents = new Contents();
  private final MemoryStore target = new MemoryStore();

  private CopyResult copy(Descriptor root) throws IOException {
    return copy(root, CopyOptions.defaults());
  }

  private CopyResult copy(Descriptor root, CopyOptions options) throws IOException {
    return Copier.copy(contents.store, root.digest().toString(), target, List.of("v1"), options);
  }

  @Test
  void foreignLayersStayWhereTheyAreUnlessTheyAreWanted() throws Exception {
    var foreign =
        contents.blob(
            new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"), "windows");
    var root = contents.put(contents.builder("a").layer(foreign).build());
    assertThat(copy(root).blobs()).isEqualTo(2);
    assertThat(target.exists(foreign)).isFalse();
    copy(root, CopyOptions.builder().foreignLayers(true).build());
    assertThat(target.exists(foreign)).isTrue();
  }

  @Test
  void dataInADescriptorIsUsedIfItIsRight() throws Exception {
    var right = withData(Descriptor.of(MediaType.JSON, Bytes.of("{\"a\":1}")), "{\"a\":1}");
    copy(contents.put(ImageManifest.builder(right).build()));
    assertThat(target.read(right, 100)).isEqualTo(Bytes.of("{\"a\":1}"));

    var wrong = withData(contents.blob(MediaType.JSON, "{\"b\":2}"), "{\"c\":3}");
    copy(contents.put(ImageManifest.builder(wrong).build()));
    assertThat(target.read(wrong, 100)).isEqualTo(Bytes.of("{\"b\":2}"));
  }

  private static Descriptor withData(Descriptor descriptor, String data) {
    return new Descriptor(
        descriptor.mediaType(),
        descriptor.digest(),
        descriptor.size(),
        List.of(),
        Map.of(),
        null,
        null,
        Bytes.of(data),
        Map.of());
  }

  @Test
  void layersOfAnyTypeAndNoneAreCopied() throws Exception {
    var empty = contents.blob(MediaType.OCTET_STREAM, "");
    var zstd = contents.blob(MediaType.OCI_LAYER_ZSTD, "zstd");
    var bytes = Bytes.of("by another hash");
    var sha512 =
        Descriptor.of(MediaType.OCI_LAYER, bytes.digest(Digest.Algorithm.SHA512), bytes.size());
    contents.store.add(sha512, Blob.of(bytes));
    copy(contents.put(contents.builder().layer(empty).layer(zstd).layer(sha512).build()));
    assertThat(List.of(empty, zstd, sha512)).allMatch(target::exists);

    var artifact =
        contents.put(
            ImageManifest.builder(contents.blob(MediaType.EMPTY_JSON, "{}"))
                .artifactType(new MediaType("application/vnd.example"))
                .build());
    assertThat(copy(artifact).root()).isEqualTo(artifact);
    assertThat(target.manifest(Selector.parse("v1")).artifactType())
        .hasToString("application/vnd.example");
  }

  @Test
  void anIndexOfBlobsAsBuildKitsCacheIsOneIsCopied() throws Exception {
    var layer = contents.blob(MediaType.OCI_LAYER_GZIP, "layer");
    var config = contents.blob(new MediaType("application/vnd.buildkit.cacheconfig.v0"), "{}");

    var result = copy(contents.index(layer, contents.image("a"), config));

    assertThat(result.blobs()).isEqualTo(3); // the image's configuration is "{}" too
    for (var child : target.manifest(Selector.parse("v1")).children()) {
      assertThat(target.read(child, 5000)).isEqualTo(contents.store.read(child, 5000));
    }
  }

  @Test
  void dockersManifestsKeepTheirBytes() throws Exception {
    var config = contents.blob(MediaType.DOCKER_CONFIG, "{}");
    var text =
        """
        {
           "layers": [],
           "config": {"mediaType":"%s", "size": 2, "digest":"%s"},
           "schemaVersion": 2, "mediaType": "%s"
        }
        """
            .formatted(MediaType.DOCKER_CONFIG, config.digest(), MediaType.DOCKER_MANIFEST);
    var root = contents.put(Manifest.parse(Bytes.of(text)));
    copy(root);
    assertThat(target.manifest(Selector.parse("v1")).bytes()).isEqualTo(Bytes.of(text));
    assertThat(target.resolve(Selector.parse("v1")).mediaType())
        .isEqualTo(MediaType.DOCKER_MANIFEST);
  }

  @Test
  void aManifestThatIsAskedForByAnotherHashKeepsThatName() throws Exception {
    var manifest = contents.builder("a").build();
    var digest = manifest.bytes().digest(Digest.Algorithm.SHA512);
    contents.store.add(
        Descriptor.of(manifest.mediaType(), digest, manifest.bytes().size()),
        Blob.of(manifest.bytes()));
    var result =
        Copier.copy(contents.store, digest.toString(), target, List.of(), CopyOptions.defaults());
    assertThat(result.root().digest()).isEqualTo(digest);
    assertThat(target.manifest(digest).bytes()).isEqualTo(manifest.bytes());
  }

  @Test
  void wrongContentIsTheSourcesFault() throws Exception {
    var layer = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("right"));
    contents.store.add(layer, Blob.of(Bytes.of("wrong")));
    var root = contents.put(contents.builder().layer(layer).build());
    assertThatThrownBy(() -> copy(root))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("source memory: ")
        .hasMessageContaining(layer.digest().toString());

    var child = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("{}"));
    contents.store.add(child, Blob.of(Bytes.of("{}")));
    var index = contents.index(child);
    assertThatThrownBy(() -> copy(index)).hasMessageStartingWith("source memory: ");
    assertThatThrownBy(() -> target.resolve(Selector.parse("v1")))
        .hasMessageContaining("tag not found in memory: v1");
  }

  @Test
  void aPartialCopyIsCompleted() throws Exception {
    var root = contents.index(contents.image("a"), contents.image("b"));
    target.push(Descriptor.of(Contents.LAYER, Bytes.of("a")), Blob.of(Bytes.of("a")));
    target.push(root, Blob.of(contents.store.manifest(root).bytes()));
    assertThat(copy(root).blobs()).isEqualTo(2);
    for (var image : contents.store.manifest(root).children()) {
      assertThat(target.manifest(image).children()).allMatch(target::exists);
    }
  }

  @Test
  void aRehearsalTellsTheSameAndMovesNothing() throws Exception {
    copy(contents.image("a", "b"));
    var root = contents.image("a", "c", "d");
    var rehearsed =
        Copier.copy(
            contents.store,
            root.digest().toString(),
            DryRunTarget.of(target),
            List.of("v2"),
            CopyOptions.defaults());
    assertThat(target.exists(root)).isFalse();
    assertThat(target.tags()).containsExactly("v1");
    assertThat(copy(root)).isEqualTo(rehearsed);
    assertThat(rehearsed.blobs()).isEqualTo(2);
    var keep = CopyOptions.builder().overwrite(false).build();
    var other = contents.image("e");
    assertThatThrownBy(
            () ->
                Copier.copy(
                    contents.store,
                    other.digest().toString(),
                    DryRunTarget.of(target),
                    List.of("v1"),
                    keep))
        .hasMessageContaining("tag exists with other content: memory:v1");
  }
}
