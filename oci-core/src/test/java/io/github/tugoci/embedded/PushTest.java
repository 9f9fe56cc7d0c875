package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.reference.Digest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that come in one piece (distribution-spec, "Pushing blobs"). */
class PushTest {
  private static final Digest DIGEST = Digest.of("content".getBytes(UTF_8));
  private static final Digest OTHER = Digest.of("other".getBytes(UTF_8));

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(options -> options.limits(RegistryLimits.builder().blobSize(1000).build()));

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

  /** As many as a thousand may be open; answers that are lost leave as many in no time. */
  @Test
  void uploadsThatNobodyFinishesKeepNobodyOut() throws Exception {
    var touched = registry.upload("acme/web");
    var oldest = registry.upload("acme/web");
    registry.sendText("PATCH", touched, "cont").expect(202);
    for (int i = 0; i < 998; i++) {
      registry.upload("acme/web");
    }
    registry.get(oldest).expect(204);

    var newest = registry.upload("acme/web");

    registry.get(oldest).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    registry.get(newest).expect(204);
    registry.sendText("PUT", with(touched, "digest=" + DIGEST), "ent").expect(201);
    assertThat(stored()).isEqualTo("content");
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
}
