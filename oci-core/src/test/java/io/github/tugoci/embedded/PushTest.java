package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken in one piece: blobs and manifests (distribution-spec, "Push"). */
class PushTest {
  private static final Digest DIGEST = Digest.of("content".getBytes(UTF_8));
  private static final Digest OTHER = Digest.of("other".getBytes(UTF_8));

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(options -> options.blobLimit(1000).manifestLimit(2000));

  private String stored() throws Exception {
    return registry.get("/v2/acme/web/blobs/" + DIGEST).expect(200).text();
  }

  private void expectNothingStored() throws Exception {
    registry.get("/v2/acme/web/blobs/" + DIGEST).expectError(404, "BLOB_UNKNOWN");
  }

  @Test
  void aBlobIsPushedByPostAndPut() throws Exception {
    var opened = registry.send("POST", "/v2/acme/web/blobs/uploads/").expect(202);
    assertThat(opened.header("Range")).isEqualTo("0-0");
    assertThat(opened.header("Docker-Upload-UUID")).isNotEmpty();
    expectNothingStored();
    var put =
        registry
            .sendText("PUT", with(opened.header("Location"), "digest=" + DIGEST), "content")
            .expect(201);
    assertThat(put.header("Location")).isEqualTo("/v2/acme/web/blobs/" + DIGEST);
    assertThat(put.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
    assertThat(stored()).isEqualTo("content");
  }

  @Test
  void aBlobIsPushedByOnePost() throws Exception {
    var post =
        registry
            .sendText("POST", "/v2/acme/web/blobs/uploads/?digest=" + DIGEST, "content")
            .expect(201);
    assertThat(post.header("Location")).isEqualTo("/v2/acme/web/blobs/" + DIGEST);
    assertThat(stored()).isEqualTo("content");
  }

  @Test
  void anUploadEndsWithItsPut() throws Exception {
    var location = registry.upload("acme/web");
    registry.sendText("PUT", with(location, "digest=" + DIGEST), "content").expect(201);
    registry.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    registry
        .sendText("PUT", with(location, "digest=" + DIGEST), "content")
        .expectError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void aBodyOfUnknownLengthIsTaken() throws Exception {
    var body =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream("content".getBytes(UTF_8)));
    registry.send("PUT", with(registry.upload("acme/web"), "digest=" + DIGEST), body).expect(201);
    assertThat(stored()).isEqualTo("content");
  }

  @Test
  void aWrongDigestIsRefusedAndNothingIsKept() throws Exception {
    registry
        .sendText("POST", "/v2/acme/web/blobs/uploads/?digest=" + OTHER, "content")
        .expectError(400, "DIGEST_INVALID");
    registry
        .sendText("PUT", with(registry.upload("acme/web"), "digest=" + OTHER), "content")
        .expectError(400, "DIGEST_INVALID");
    expectNothingStored();
    registry.get("/v2/acme/web/blobs/" + OTHER).expect(404);
    registry.get("/v2/acme/web/tags/list").expectError(404, "NAME_UNKNOWN");
    assertThat(registry.get("/v2/_catalog").list("repositories")).isEmpty();
  }

  @Test
  void aPutWithoutADigestIsRefusedAndTheUploadStays() throws Exception {
    var location = registry.upload("acme/web");
    registry.sendText("PUT", location, "content").expectError(400, "DIGEST_INVALID");
    registry.sendText("PUT", with(location, "digest=" + DIGEST), "content").expect(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", "x", ""})
  void whatIsNoDigestIsRefused(String digest) throws Exception {
    registry
        .sendText("POST", "/v2/acme/web/blobs/uploads/?digest=" + digest, "content")
        .expectError(400, "DIGEST_INVALID");
    registry
        .sendText("PUT", with(registry.upload("acme/web"), "digest=" + digest), "content")
        .expectError(400, "DIGEST_INVALID");
  }

  @Test
  void aBlobMayHaveASha512Digest() throws Exception {
    var digest = Digest.Algorithm.SHA512.digest("content".getBytes(UTF_8));
    registry
        .sendText("POST", "/v2/acme/web/blobs/uploads/?digest=" + digest, "content")
        .expect(201);
    assertThat(registry.get("/v2/acme/web/blobs/" + digest).expect(200).text())
        .isEqualTo("content");
    expectNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "digest-algorithm=sha256", "digest-algorithm=sha512"})
  void theClosingPutDecidesOnTheAlgorithm(String query) throws Exception {
    for (var algorithm : Digest.Algorithm.values()) {
      var digest = algorithm.digest("content".getBytes(UTF_8));
      var opened = registry.send("POST", "/v2/acme/web/blobs/uploads/?" + query).expect(202);
      registry.sendText("PATCH", opened.header("Location"), "con").expect(202);
      registry
          .sendText("PUT", with(opened.header("Location"), "digest=" + digest), "tent")
          .expect(201);
      registry.get("/v2/acme/web/blobs/" + digest).expect(200);
    }
  }

  @Test
  void anUnknownAlgorithmIsRefused() throws Exception {
    registry
        .send("POST", "/v2/acme/web/blobs/uploads/?digest-algorithm=md5")
        .expectError(400, "DIGEST_INVALID");
  }

  @Test
  void anUploadBelongsToItsRepository() throws Exception {
    var location = registry.upload("acme/web");
    var elsewhere = location.replace("acme/web", "acme/db");
    registry
        .sendText("PUT", with(elsewhere, "digest=" + DIGEST), "content")
        .expectError(404, "BLOB_UPLOAD_UNKNOWN");
    registry.send("DELETE", elsewhere).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    registry.get(location).expect(204);
  }

  @Test
  void aBlobAboveTheLimitIsRefused() throws Exception {
    var content = "x".repeat(1001);
    var digest = Digest.of(content.getBytes(UTF_8));
    var location = registry.upload("acme/web");
    registry
        .sendText("PUT", with(location, "digest=" + digest), content)
        .expectError(413, "SIZE_INVALID");
    registry.get(location).expect(404);
    var unknownLength =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    registry
        .send("POST", "/v2/acme/web/blobs/uploads/?digest=" + digest, unknownLength)
        .expectError(413, "SIZE_INVALID");
    registry.blob("acme/web", "x".repeat(1000));
  }

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
