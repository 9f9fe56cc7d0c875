package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that come in (distribution-spec, "Pushing Manifests"). */
class ManifestPushTest {
  private static final Digest OTHER = Digest.of("other".getBytes(UTF_8));

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(
          options -> options.limits(RegistryLimits.builder().manifestSize(2000).build()));

  @Test
  void aManifestNamesWhereItIs() throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    var answer = registry.tryPut("acme/web", "v1", manifest).expect(201);
    var digest = manifest.descriptor().digest().toString();
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest);
    assertThat(answer.header("Location")).isEqualTo("/v2/acme/web/manifests/" + digest);
    assertThat(answer.headers().map()).doesNotContainKeys("OCI-Subject", "OCI-Tag");
    registry.get(answer.header("Location")).expect(200);
  }

  @Test
  void aManifestThatRefersToWhatIsNotHereIsRefusedWithEachDigest() throws Exception {
    var here = registry.blob("acme/web", "here");
    var config = Descriptor.of(MediaType.OCI_CONFIG, Bytes.of("{}"));
    var missing = Descriptor.of(MediaType.OCI_LAYER, Bytes.of("missing"));
    var manifest = ImageManifest.builder(config).layers(List.of(here, missing)).build();
    var answer = registry.tryPut("acme/web", "v1", manifest);
    answer.expectError(400, "MANIFEST_BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN");
    assertThat(answer.text())
        .contains(config.digest().toString(), missing.digest().toString())
        .doesNotContain(here.digest().toString());
    registry.get("/v2/acme/web/manifests/v1").expect(404);
  }

  @Test
  void anIndexNeedsItsManifestsAsManifests() throws Exception {
    var child = registry.image("acme/web", "layer").build();
    var index = ImageIndex.of(List.of(child.descriptor()), Map.of());
    registry.tryPut("acme/web", "all", index).expectError(400, "MANIFEST_BLOB_UNKNOWN");
    registry.blob("acme/web", child.mediaType(), child.bytes().toArray());
    registry.tryPut("acme/web", "all", index).expectError(400, "MANIFEST_BLOB_UNKNOWN");
    registry.put("acme/web", child.descriptor().digest().toString(), child);
    registry.put("acme/web", "all", index);
  }

  @Test
  void layersFromElsewhereNeedNotBeHere() throws Exception {
    var foreign =
        Descriptor.of(
            new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar+gzip"),
            Bytes.of("foreign"));
    registry.put("acme/web", "v1", registry.image("acme/web", "layer").layer(foreign).build());
  }

  @Test
  void aSubjectNeedNotBeHereAndIsConfirmed() throws Exception {
    var subject = Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("later"));
    var signature = registry.image("acme/web", "signature").subject(subject).build();
    var answer = registry.tryPut("acme/web", "v1.sig", signature).expect(201);
    assertThat(answer.header("OCI-Subject")).isEqualTo(subject.digest().toString());
  }

  @Test
  void aManifestMayGetSeveralTagsAtOnce() throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    var digest = manifest.descriptor().digest();
    var answer = registry.tryPut("acme/web", digest + "?tag=v1&tag=v1.2", manifest).expect(201);
    assertThat(answer.header("OCI-Tag")).isEqualTo("v1, v1.2");
    assertThat(registry.get("/v2/acme/web/tags/list").list("tags")).containsExactly("v1", "v1.2");
    var tooMany = String.join("", IntStream.range(0, 101).mapToObj(i -> "&tag=t" + i).toList());
    registry.tryPut("acme/web", digest + "?" + tooMany, manifest).expect(414);
    registry
        .tryPut("acme/web", digest + "?tag=.bad", manifest)
        .expectError(400, "MANIFEST_INVALID");
  }

  @Test
  void theDigestInThePathOrTheQueryMustBeTheManifests() throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    registry.tryPut("acme/web", OTHER.toString(), manifest).expectError(400, "DIGEST_INVALID");
    registry.tryPut("acme/web", "v1?digest=" + OTHER, manifest).expectError(400, "DIGEST_INVALID");
    registry.tryPut("acme/web", "sha256:abc", manifest).expectError(400, "DIGEST_INVALID");
    var sha512 = manifest.bytes().digest(Digest.Algorithm.SHA512);
    registry.tryPut("acme/web", "v1?digest=" + sha512, manifest).expect(201);
    assertThat(registry.get("/v2/acme/web/manifests/v1").header("Docker-Content-Digest"))
        .isEqualTo(sha512.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {".v1", "-v1", "v+1", "v1:2", "v%201"})
  void whatIsNoTagIsRefused(String tag) throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    registry.tryPut("acme/web", tag, manifest).expectError(400, "MANIFEST_INVALID");
    registry.tryPut("acme/web", "v" + "1".repeat(128), manifest).expect(400);
    registry.tryPut("acme/web", "v" + "1".repeat(127), manifest).expect(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "[]",
        "{}",
        "{\"schemaVersion\":2,\"config\":{}}",
        "{\"schemaVersion\":1,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}",
      })
  void whatIsNoManifestIsRefused(String body) throws Exception {
    var type = MediaType.OCI_MANIFEST.value();
    registry
        .sendText("PUT", "/v2/acme/web/manifests/v1", body, "Content-Type", type)
        .expectError(400, "MANIFEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json",
        "application/json",
        "nonsense",
      })
  void aManifestMustBeWhatItsContentTypeSays(String type) throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    registry
        .sendText(
            "PUT",
            "/v2/acme/web/manifests/v1",
            new String(manifest.bytes().toArray(), UTF_8),
            "Content-Type",
            type)
        .expectError(400, "MANIFEST_INVALID");
  }

  @Test
  void aContentTypesParametersAreIgnored() throws Exception {
    var manifest = registry.image("acme/web", "layer").withoutMediaType().build();
    registry
        .sendText(
            "PUT",
            "/v2/acme/web/manifests/v1",
            new String(manifest.bytes().toArray(), UTF_8),
            "Content-Type",
            MediaType.OCI_MANIFEST.value() + "; charset=utf-8")
        .expect(201);
    assertThat(registry.get("/v2/acme/web/manifests/v1").header("Content-Type"))
        .isEqualTo(MediaType.OCI_MANIFEST.value());
  }

  @Test
  void aManifestAboveTheLimitIsRefused() throws Exception {
    var big =
        registry.image("acme/web", "layer").annotation(Annotations.REF_NAME, "x".repeat(2000));
    registry.tryPut("acme/web", "v1", big.build()).expectError(413, "SIZE_INVALID");
  }
}
