package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes, and what stays (distribution-spec, "Content Management"). */
class DeleteTest {
  private static final String WEB = "/v2/acme/web/";

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  @Test
  void aTagGoesAndItsManifestStays() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    registry.image("acme/web", "v2", "layer");
    registry.send("DELETE", WEB + "manifests/v1").expect(202);
    registry.get(WEB + "manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    registry.get(WEB + "manifests/" + image.digest()).expect(200);
    assertThat(registry.get(WEB + "tags/list").list("tags")).containsExactly("v2");
  }

  @Test
  void aManifestGoesWithItsTagsAndItsBlobsStay() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    registry.image("acme/web", "v2", "layer");
    registry.image("acme/web", "v3", "other");
    registry.send("DELETE", WEB + "manifests/" + image.digest()).expect(202);
    registry.get(WEB + "manifests/" + image.digest()).expectError(404, "MANIFEST_UNKNOWN");
    registry.get(WEB + "blobs/" + image.digest()).expectError(404, "BLOB_UNKNOWN");
    assertThat(registry.get(WEB + "tags/list").list("tags")).containsExactly("v3");
    registry.get(WEB + "blobs/" + registry.blob("acme/db", "layer").digest()).expect(200);
  }

  @Test
  void aBlobGoes() throws Exception {
    var blob = registry.blob("acme/web", "layer");
    registry.send("DELETE", WEB + "blobs/" + blob.digest()).expect(202);
    registry.get(WEB + "blobs/" + blob.digest()).expectError(404, "BLOB_UNKNOWN");
    registry.blob("acme/web", "layer");
    registry.get(WEB + "blobs/" + blob.digest()).expect(200);
  }

  @Test
  void whatIsNotThereCannotGo() throws Exception {
    registry.image("acme/web", "v1", "layer");
    var other = Digest.of(new byte[] {1});
    registry.send("DELETE", WEB + "manifests/v2").expectError(404, "MANIFEST_UNKNOWN");
    registry.send("DELETE", WEB + "manifests/" + other).expectError(404, "MANIFEST_UNKNOWN");
    registry.send("DELETE", WEB + "blobs/" + other).expectError(404, "BLOB_UNKNOWN");
    registry.send("DELETE", "/v2/acme/db/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    registry.send("DELETE", WEB + "manifests/sha256:1").expectError(400, "DIGEST_INVALID");
  }

  @Test
  void aManifestIsNotDeletedAsABlob() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    registry.send("DELETE", WEB + "blobs/" + image.digest()).expectError(405, "UNSUPPORTED");
    registry.get(WEB + "manifests/v1").expect(200);
  }

  @Test
  void aManifestWhoseBytesAreALayerAsWellStaysAsABlob() throws Exception {
    var inner = registry.image("acme/web", "inner", "layer");
    var config = registry.image("acme/web", "layer").build().config();
    registry.put("acme/web", "outer", ImageManifest.builder(config).layer(asLayer(inner)).build());
    registry.send("DELETE", WEB + "manifests/" + inner.digest()).expect(202);
    registry.get(WEB + "manifests/" + inner.digest()).expect(404);
    registry.get(WEB + "blobs/" + inner.digest()).expect(200);
  }

  private static Descriptor asLayer(Descriptor manifest) {
    return Descriptor.of(MediaType.OCI_LAYER, manifest.digest(), manifest.size());
  }

  @Test
  void aChildGoesForGoodAndTheIndexStays(@TempDir Path folder) throws Exception {
    var child = childOfIndex(TestRegistry.with(options -> options.folder(folder)));
    try (var again = TestRegistry.with(options -> options.folder(folder))) {
      again.get(WEB + "manifests/" + child).expect(404);
      again.get(WEB + "manifests/all").expect(200);
    }
  }

  private static Digest childOfIndex(TestRegistry registry) throws Exception {
    try (registry) {
      var child = registry.image("acme/web", "v1", "layer");
      registry.put("acme/web", "all", ImageIndex.of(List.of(child), Map.of()));
      registry.send("DELETE", WEB + "manifests/" + child.digest()).expect(202);
      registry.get(WEB + "manifests/" + child.digest()).expect(404);
      return child.digest();
    }
  }

  @Test
  void theChildrenOfADeletedIndexStay(@TempDir Path folder) throws Exception {
    Digest digest;
    try (var first = TestRegistry.with(options -> options.folder(folder))) {
      var child = first.image("acme/web", "v1", "layer");
      var index = first.put("acme/web", "all", ImageIndex.of(List.of(child), Map.of()));
      first.send("DELETE", WEB + "manifests/v1").expect(202);
      first.send("DELETE", WEB + "manifests/" + index.digest()).expect(202);
      digest = child.digest();
    }
    try (var again = TestRegistry.with(options -> options.folder(folder))) {
      again.get(WEB + "manifests/" + digest).expect(200);
    }
  }

  @Test
  void aManifestThatIsOnlyALayerOfAnotherIsStillListed(@TempDir Path folder) throws Exception {
    Digest digest;
    try (var first = TestRegistry.with(options -> options.folder(folder))) {
      var inner = first.image("acme/web", "layer").build();
      digest = first.put("acme/web", inner.descriptor().digest().toString(), inner).digest();
      var outer = ImageManifest.builder(inner.config()).layer(asLayer(inner.descriptor())).build();
      first.put("acme/web", "outer", outer);
    }
    try (var again = TestRegistry.with(options -> options.folder(folder))) {
      again.get(WEB + "manifests/" + digest).expect(200);
    }
  }
}
