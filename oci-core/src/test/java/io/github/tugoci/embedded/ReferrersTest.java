package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is about a manifest (distribution-spec, "Listing Referrers"). */
class ReferrersTest {
  private static final Descriptor SUBJECT =
      Descriptor.of(MediaType.OCI_MANIFEST, Bytes.of("subject"));
  private static final MediaType SBOM = new MediaType("application/vnd.example.sbom+json");
  private static final MediaType SIGNATURE = new MediaType("application/vnd.example.sig");

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  private Descriptor attach(MediaType type, String content) throws Exception {
    var manifest =
        registry
            .image("acme/web", content)
            .artifactType(type)
            .subject(SUBJECT)
            .annotation("content", content)
            .build();
    return registry.put("acme/web", manifest.descriptor().digest().toString(), manifest);
  }

  private Answer list(String query) throws Exception {
    var path = "/v2/acme/web/referrers/" + SUBJECT.digest() + query;
    var answer = registry.get(path).expect(200);
    assertThat(answer.header("Content-Type")).isEqualTo(MediaType.OCI_INDEX.value());
    assertThat(answer.json().requiredString("mediaType")).isEqualTo(MediaType.OCI_INDEX.value());
    return answer;
  }

  private static List<String> digests(Answer answer) throws Exception {
    var digests = new ArrayList<String>();
    for (var entry : answer.json().objects("manifests")) {
      digests.add(entry.requiredString("digest"));
    }
    return digests;
  }

  @Test
  void referrersAreListedWithTypeAndAnnotations() throws Exception {
    var sbom = attach(SBOM, "sbom");
    JsonObject entry = list("").json().objects("manifests").get(0);
    assertThat(Descriptor.from(entry).plain()).isEqualTo(sbom);
    assertThat(entry.requiredString("artifactType")).isEqualTo(SBOM.value());
    assertThat(Descriptor.from(entry).annotations()).isEqualTo(Map.of("content", "sbom"));
  }

  @Test
  void withoutAnArtifactTypeTheConfigsTypeIsTold() throws Exception {
    var manifest = registry.image("acme/web", "layer").subject(SUBJECT).build();
    registry.put("acme/web", "tagged", manifest);
    assertThat(list("").json().objects("manifests").get(0).requiredString("artifactType"))
        .isEqualTo(MediaType.OCI_CONFIG.value());
  }

  @Test
  void anIndexMayBeAReferrer() throws Exception {
    var child = registry.image("acme/web", "child", "layer");
    var json =
        """
        {"schemaVersion":2,"mediaType":"%s","artifactType":"%s","manifests":[
        {"mediaType":"%s","digest":"%s","size":%d}],
        "subject":{"mediaType":"%s","digest":"%s","size":%d}}"""
            .formatted(
                MediaType.OCI_INDEX,
                SBOM,
                child.mediaType(),
                child.digest(),
                child.size(),
                SUBJECT.mediaType(),
                SUBJECT.digest(),
                SUBJECT.size());
    var index = Manifest.parse(Bytes.of(json));
    var answer = registry.tryPut("acme/web", "about", index).expect(201);
    assertThat(answer.header("OCI-Subject")).isEqualTo(SUBJECT.digest().toString());
    assertThat(digests(list("?artifactType=" + encode(SBOM))))
        .containsExactly(index.descriptor().digest().toString());
  }

  private static String encode(MediaType type) {
    return URLEncoder.encode(type.value(), UTF_8);
  }

  @Test
  void aFilterGivesOneTypeAndSaysSo() throws Exception {
    var sbom = attach(SBOM, "sbom");
    attach(SIGNATURE, "signature");
    var filtered = list("?artifactType=" + encode(SBOM));
    assertThat(digests(filtered)).containsExactly(sbom.digest().toString());
    assertThat(filtered.header("OCI-Filters-Applied")).isEqualTo("artifactType");
    assertThat(digests(list("?artifactType=application/none"))).isEmpty();
    var all = list("");
    assertThat(digests(all)).hasSize(2);
    assertThat(all.header("OCI-Filters-Applied")).isEmpty();
  }

  @Test
  void nobodyRefersToItIsAnEmptyIndex() throws Exception {
    assertThat(list("").json().asMap()).containsEntry("manifests", List.of());
    registry.image("acme/web", "v1", "layer");
    assertThat(digests(list(""))).isEmpty();
    attach(SBOM, "sbom");
    var elsewhere = registry.get("/v2/acme/db/referrers/" + SUBJECT.digest()).expect(200);
    assertThat(digests(elsewhere)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest", "sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e"})
  void whatIsNoDigestIsRefused(String subject) throws Exception {
    registry.get("/v2/acme/web/referrers/" + subject).expectError(400, "DIGEST_INVALID");
  }

  @Test
  void pagesKeepTheirFilterAndJoinToAll() throws Exception {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      expected.add(attach(SBOM, "sbom " + i).digest().toString());
      attach(SIGNATURE, "signature " + i);
    }
    var found = new ArrayList<String>();
    int pages = 0;
    for (var query = "?n=2&artifactType=" + encode(SBOM); !query.isEmpty(); pages++) {
      var answer = list(query);
      assertThat(answer.header("OCI-Filters-Applied")).isEqualTo("artifactType");
      found.addAll(digests(answer));
      query = answer.next().substring(Math.max(0, answer.next().indexOf('?')));
    }
    assertThat(pages).isEqualTo(3);
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aPageIsNeverLargerThanAManifestMayBe() throws Exception {
    var filler = "x".repeat(1 << 20);
    for (int i = 0; i < 5; i++) {
      attach(SBOM, filler + i);
    }
    var first = list("");
    assertThat(digests(first)).hasSize(3);
    assertThat(first.body().size()).isLessThan(4 << 20);
    assertThat(digests(registry.get(first.next()).expect(200))).hasSize(2);
  }

  @Test
  void aDeletedReferrerIsNoLongerListed() throws Exception {
    var sbom = attach(SBOM, "sbom");
    var signature = attach(SIGNATURE, "signature");
    registry.send("DELETE", "/v2/acme/web/manifests/" + sbom.digest()).expect(202);
    assertThat(digests(list(""))).containsExactly(signature.digest().toString());
  }

  @Test
  void aReferrerThatIsPushedTwiceIsListedOnce() throws Exception {
    attach(SBOM, "sbom");
    attach(SBOM, "sbom");
    assertThat(digests(list(""))).hasSize(1);
  }

  @Test
  void aSubjectMayBeKnownBySha512() throws Exception {
    var digest = Digest.Algorithm.SHA512.digest("subject".getBytes(UTF_8));
    var subject = Descriptor.of(MediaType.OCI_MANIFEST, digest, 7);
    var manifest = registry.image("acme/web", "layer").subject(subject).build();
    var answer = registry.tryPut("acme/web", "about", manifest).expect(201);
    assertThat(answer.header("OCI-Subject")).isEqualTo(digest.toString());
    assertThat(digests(registry.get("/v2/acme/web/referrers/" + digest).expect(200))).hasSize(1);
    assertThat(digests(list(""))).isEmpty();
  }
}
