package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Root;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a manifest is taken for. */
final class RecognitionTest {
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
  private static final String CHART = "application/vnd.cncf.helm.config.v1+json";
  private static final String IMAGE = "application/vnd.oci.image.config.v1+json";
  private static final String NOTE = "application/vnd.example.note";

  private final MemoryStore store = new MemoryStore();

  private Recognition recognise(Manifest manifest) throws IOException {
    return Recognition.of(
        new Source(
            store, Selector.parse("1"), Optional.of("1"), Optional.empty(), "r.example/a/b:1"),
        Root.of(manifest));
  }

  private ImageManifest manifest(String config, @Nullable String artifactType, String layer) {
    var builder =
        ImageManifest.builder(store.add(new MediaType(config), Bytes.of("{}")))
            .layer(store.add(new MediaType(layer), Bytes.of("content")));
    return builder.artifactType(artifactType == null ? null : new MediaType(artifactType)).build();
  }

  private Descriptor entry(ImageManifest manifest) {
    return store.add(manifest);
  }

  private static ImageIndex index(Descriptor... entries) {
    return ImageIndex.of(List.of(entries), Map.of());
  }

  @ParameterizedTest
  @CsvSource({
    IMAGE + ",, " + LAYER + ", IMAGE, an image",
    "application/vnd.docker.container.image.v1+json,,"
        + " application/vnd.docker.image.rootfs.diff.tar.gzip, IMAGE, an image",
    CHART + ",, application/vnd.cncf.helm.chart.content.v1.tar+gzip, CHART, a Helm chart",
    IMAGE + ",, application/vnd.dev.cosign.simplesigning.v1+json, ARTIFACT, a cosign signature",
    "application/vnd.wasm.config.v0+json,, application/wasm, ARTIFACT, an artifact of type"
        + " application/vnd.wasm.config.v0+json",
    IMAGE + ",, application/wasm, ARTIFACT, an artifact with layers of type application/wasm",
    "application/vnd.oci.empty.v1+json, "
        + NOTE
        + ", text/plain, ARTIFACT, an artifact of type "
        + NOTE,
    IMAGE + ", " + NOTE + ", " + LAYER + ", ARTIFACT, an artifact of type " + NOTE,
    "application/vnd.unknown.config.v1+json,, "
        + LAYER
        + ", ARTIFACT, an artifact of type"
        + " application/vnd.unknown.config.v1+json",
    "application/vnd.docker.plugin.v1+json,, "
        + LAYER
        + ", ARTIFACT, an artifact of type"
        + " application/vnd.docker.plugin.v1+json"
  })
  void aManifestIsKnownByItsTypes(
      String config, @Nullable String type, String layer, ContentKind kind, String words)
      throws IOException {
    var manifest = manifest(config, type, layer);

    assertThat(recognise(manifest)).isEqualTo(new Recognition(kind, Root.of(manifest), words));
  }

  @Test
  void anImagesLayersThatHaveFileNamesCanBeTwoThings() {
    var layer =
        store
            .add(new MediaType(LAYER), Bytes.of("x"))
            .withAnnotations(Map.of(Annotations.TITLE, "bottle.tar.gz"));
    var manifest =
        ImageManifest.builder(store.add(MediaType.OCI_CONFIG, Bytes.of("{}"))).layer(layer).build();

    assertThatThrownBy(() -> recognise(manifest))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> assertThat(e.hint()).contains("tug image pull", "tug artifact pull"));
  }

  @Test
  void anIndexWithPlatformsIsOfImagesUnlessItSaysOtherwise() throws IOException {
    var amd64 = Platform.parse("linux/amd64");
    var image = entry(manifest(IMAGE, null, LAYER)).withPlatform(amd64);
    var note = entry(manifest(IMAGE, NOTE, LAYER)).withPlatform(amd64);

    assertThat(recognise(index(image)).kind()).isEqualTo(ContentKind.IMAGE);
    assertThat(recognise(index(note.withArtifactType(new MediaType(NOTE)))).kind())
        .isEqualTo(ContentKind.ARTIFACT);
  }

  @Test
  void withoutPlatformsWhatIsInAnIndexTells() throws IOException {
    var image = manifest(IMAGE, null, LAYER);
    var chart = manifest(CHART, null, "application/vnd.cncf.helm.chart.content.v1.tar+gzip");
    var signature = manifest(IMAGE, null, "application/vnd.dev.cosign.simplesigning.v1+json");

    assertThat(recognise(index(entry(image))).kind()).isEqualTo(ContentKind.IMAGE);
    assertThat(recognise(index(entry(signature), entry(chart))))
        .isEqualTo(
            new Recognition(ContentKind.CHART, Root.of(chart), "an index with a Helm chart"));
  }

  @Test
  void anIndexOfArtifactsNamesTheWaysToThem() {
    var note = entry(manifest("application/vnd.oci.empty.v1+json", NOTE, "text/plain"));

    assertThatThrownBy(() -> recognise(index(note)))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat(e.hint())
                    .contains("\"tug pull r.example/a/b@" + note.digest() + "\"", "\"tug copy "));
    assertThatThrownBy(() -> recognise(index()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("empty index");
  }
}
