package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is given, and with which headers (distribution-spec, "Pull"). */
class PullTest {
  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  @Test
  void theRegistrySaysThatItIsOne() throws Exception {
    var answer = registry.get("/v2/").expect(200);
    assertThat(answer.header("Docker-Distribution-API-Version")).isEqualTo("registry/2.0");
    assertThat(answer.text()).isEqualTo("{}");
    registry.get("/v2/", "Authorization", basic("any", "body")).expect(200);
  }

  @Test
  void aManifestComesByTagAndByDigestAsItWasPushed() throws Exception {
    var manifest = registry.image("acme/web", "layer").annotation("who", "me").build();
    var pushed = registry.put("acme/web", "v1", manifest);
    for (var reference : List.of("v1", pushed.digest().toString())) {
      var answer = registry.get("/v2/acme/web/manifests/" + reference).expect(200);
      assertThat(answer.body()).isEqualTo(manifest.bytes());
      assertThat(answer.header("Content-Type")).isEqualTo(MediaType.OCI_MANIFEST.value());
      assertThat(answer.header("Docker-Content-Digest")).isEqualTo(pushed.digest().toString());
      assertThat(answer.header("Content-Length")).isEqualTo("" + pushed.size());
    }
  }

  @Test
  void anIndexKeepsItsType() throws Exception {
    var child = registry.image("acme/web", "child", "layer");
    var index = ImageIndex.of(List.of(child), Map.of());
    registry.put("acme/web", "all", index);
    var answer = registry.get("/v2/acme/web/manifests/all").expect(200);
    assertThat(answer.header("Content-Type")).isEqualTo(MediaType.OCI_INDEX.value());
    assertThat(answer.body()).isEqualTo(index.bytes());
  }

  @Test
  void aBlobComesWhole() throws Exception {
    var blob = registry.blob("acme/web", "some bytes");
    var answer = registry.get("/v2/acme/web/blobs/" + blob.digest()).expect(200);
    assertThat(answer.text()).isEqualTo("some bytes");
    assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(blob.digest().toString());
    assertThat(answer.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void blobsAreGivenWholeAtEverySizeAtWhichTheRegistryChangesItsWay() throws Exception {
    for (int size : List.of(0, 1, 65_536, 65_537, 1 << 20, (1 << 20) + 1)) {
      var content = new byte[size];
      new Random(size).nextBytes(content);
      var blob = registry.blob("sizes", MediaType.OCI_LAYER, content);
      var answer = registry.get("/v2/sizes/blobs/" + blob.digest()).expect(200);
      assertThat(answer.body()).as("%d bytes", size).isEqualTo(Bytes.of(content));
    }
  }

  @Test
  void headSaysWhatGetWould() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    var blob = registry.blob("acme/web", "layer");
    for (var path :
        List.of("manifests/v1", "manifests/" + image.digest(), "blobs/" + blob.digest())) {
      var get = registry.get("/v2/acme/web/" + path).expect(200);
      var head = registry.send("HEAD", "/v2/acme/web/" + path).expect(200);
      assertThat(head.text()).isEmpty();
      for (var name : List.of("Content-Length", "Content-Type", "Docker-Content-Digest", "ETag")) {
        assertThat(head.header(name)).as(name).isNotEmpty().isEqualTo(get.header(name));
      }
    }
  }

  @Test
  void whatIsNotThereIs404WithTheSpecsCode() throws Exception {
    registry.image("acme/web", "v1", "layer");
    var other = Digest.of(new byte[] {1});
    registry.get("/v2/acme/web/manifests/v2").expectError(404, "MANIFEST_UNKNOWN");
    registry.get("/v2/acme/web/manifests/" + other).expectError(404, "MANIFEST_UNKNOWN");
    registry.get("/v2/acme/web/blobs/" + other).expectError(404, "BLOB_UNKNOWN");
    registry.get("/v2/acme/nothing/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
    registry.get("/v2/acme/nothing/blobs/" + other).expectError(404, "BLOB_UNKNOWN");
    assertThat(registry.send("HEAD", "/v2/acme/web/manifests/v2").expect(404).text()).isEmpty();
    assertThat(registry.send("HEAD", "/v2/acme/web/blobs/" + other).expect(404).text()).isEmpty();
  }

  @Test
  void oneRepositoryDoesNotGiveWhatAnotherHas() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    var blob = registry.blob("acme/web", "layer");
    registry.blob("acme/db", "other");
    registry.get("/v2/acme/db/blobs/" + blob.digest()).expect(404);
    registry.get("/v2/acme/db/manifests/" + image.digest()).expect(404);
    registry.get("/v2/acme/manifests/v1").expect(404);
  }

  @Test
  void aTagMovesAndTheOldManifestStays() throws Exception {
    var before = registry.image("acme/web", "v1", "one");
    var after = registry.image("acme/web", "v1", "two");
    var answer = registry.get("/v2/acme/web/manifests/v1").expect(200);
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(after.digest().toString());
    registry.get("/v2/acme/web/manifests/" + before.digest()).expect(200);
  }

  @Test
  void namesMayHoldTheWordsOfPaths() throws Exception {
    var name = "blobs/uploads/manifests/tags/list/referrers";
    registry.image(name, "blobs", "layer");
    registry.get("/v2/" + name + "/manifests/blobs").expect(200);
    assertThat(registry.get("/v2/" + name + "/tags/list").list("tags")).containsExactly("blobs");
  }

  @Test
  void aManifestByItsOtherDigestIsGivenUnderThat() throws Exception {
    var manifest = registry.image("acme/web", "layer").build();
    var sha512 = manifest.bytes().digest(Digest.Algorithm.SHA512);
    var put = registry.tryPut("acme/web", sha512.toString(), manifest).expect(201);
    assertThat(put.header("Docker-Content-Digest")).isEqualTo(sha512.toString());
    var answer = registry.get("/v2/acme/web/manifests/" + sha512).expect(200);
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(sha512.toString());
    assertThat(answer.body()).isEqualTo(manifest.bytes());
  }

  @Test
  void manyRequestsShareOneConnection() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      for (int i = 0; i < 3; i++) {
        raw.send("HEAD /v2/ HTTP/1.1\nHost: a\n\n");
        assertThat(raw.line()).isEqualTo("HTTP/1.1 200 OK");
        for (var line = raw.line(); line != null && !line.isEmpty(); ) {
          line = raw.line();
        }
      }
    }
  }

  @Test
  void aBlobThatIsEmptyIsABlob() throws Exception {
    var digest = Digest.of(new byte[0]);
    registry
        .send("POST", "/v2/acme/web/blobs/uploads/?digest=" + digest, BodyPublishers.noBody())
        .expect(201);
    var answer = registry.get("/v2/acme/web/blobs/" + digest).expect(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Content-Length")).isEqualTo("0");
  }
}
