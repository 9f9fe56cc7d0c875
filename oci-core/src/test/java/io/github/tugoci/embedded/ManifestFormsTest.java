package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The forms of manifests that the spec's conformance suite pushes, pulls and deletes. */
class ManifestFormsTest {
  private static final String MANIFESTS = "/v2/acme/web/manifests/";

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  /** Pushes by digest and by tag, pulls both, deletes both. */
  private void expectServed(Manifest manifest) throws Exception {
    var digest = manifest.descriptor().digest();
    registry.put("acme/web", digest.toString(), manifest);
    registry.put("acme/web", "tag", manifest);
    for (var reference : List.of("tag", digest.toString())) {
      var answer = registry.get(MANIFESTS + reference).expect(200);
      assertThat(answer.body()).isEqualTo(manifest.bytes());
      assertThat(answer.header("Content-Type")).isEqualTo(manifest.mediaType().value());
    }
    for (var reference : List.of("tag", digest.toString())) {
      registry.send("DELETE", MANIFESTS + reference).expect(202);
      registry.send("HEAD", MANIFESTS + reference).expect(404);
    }
  }

  @Test
  void aManifestMayBeAlmostFourMebibytesLarge() throws Exception {
    var large = registry.image("acme/web", "layer");
    for (int i = 0; i < 390; i++) {
      large.annotation("large-" + i, "A".repeat(10_000));
    }
    expectServed(large.build());
  }

  @Test
  void anImageMayHaveNoLayers() throws Exception {
    var config = registry.blob("acme/web", MediaType.OCI_CONFIG, "{}".getBytes(UTF_8));
    expectServed(ImageManifest.builder(config).build());
  }

  @Test
  void anIndexMayBeEmptyOrHoldIndexes() throws Exception {
    expectServed(ImageIndex.of(List.of(), Map.of()));
    var image = registry.image("acme/web", "image", "layer");
    var inner = registry.put("acme/web", "inner", ImageIndex.of(List.of(image), Map.of()));
    expectServed(ImageIndex.of(List.of(inner, image), Map.of()));
  }

  @Test
  void anArtifactMayBeNothingButItsType() throws Exception {
    var empty = registry.blob("acme/web", MediaType.EMPTY_JSON, "{}".getBytes(UTF_8));
    expectServed(
        ImageManifest.builder(empty)
            .layer(empty)
            .artifactType(new MediaType("application/vnd.example"))
            .build());
  }

  @Test
  void membersThatNobodyKnowsStay() throws Exception {
    var known = registry.image("acme/web", "layer").build();
    var text = new String(known.bytes().toArray(), UTF_8);
    var more = text.substring(0, text.length() - 1) + ",\n \"org.example\" : [1e3, null] }\n";
    expectServed(Manifest.parse(Bytes.of(more)));
  }

  @Test
  void aDescriptorMayCarryItsContent() throws Exception {
    var known = registry.image("acme/web", "layer").build();
    var text = new String(known.bytes().toArray(), UTF_8);
    var more = text.replaceFirst("\"size\":2", "\"size\":2,\"data\":\"e30=\"");
    assertThat(more).isNotEqualTo(text);
    expectServed(Manifest.parse(Bytes.of(more)));
  }

  @Test
  void allMayBeKnownBySha512() throws Exception {
    var sha512 = Digest.Algorithm.SHA512;
    var content = "{}".getBytes(UTF_8);
    var blob = Descriptor.of(MediaType.OCI_CONFIG, sha512.digest(content), content.length);
    registry
        .sendText("POST", "/v2/acme/web/blobs/uploads/?digest=" + blob.digest(), "{}")
        .expect(201);
    var image = ImageManifest.builder(blob).layer(blob).build();
    var imageDigest = image.bytes().digest(sha512);
    registry.tryPut("acme/web", imageDigest + "?tag=a&tag=b", image).expect(201);
    var child = Descriptor.of(image.mediaType(), imageDigest, image.bytes().size());
    var index = ImageIndex.of(List.of(child), Map.of());
    registry.tryPut("acme/web", index.bytes().digest(sha512).toString(), index).expect(201);
    for (var reference : List.of("a", "b", imageDigest.toString())) {
      assertThat(registry.get(MANIFESTS + reference).header("Docker-Content-Digest"))
          .isEqualTo(imageDigest.toString());
    }
    registry.get(MANIFESTS + image.descriptor().digest()).expect(404);
  }
}
