package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Descriptor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that depend on what is there (RFC 9110, section 13). */
class ConditionalTest {
  private static final String V1 = "/v2/acme/web/manifests/v1";

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  private static String tag(Descriptor of) {
    return "\"" + of.digest() + "\"";
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
  void whatTheClientKnowsIsNotSentAgain(String form) throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    var blob = registry.blob("acme/web", "layer");
    var paths = List.of(V1, "/v2/acme/web/blobs/" + blob.digest());
    for (var content : List.of(image, blob)) {
      var path = paths.get(content.equals(image) ? 0 : 1);
      var etag = tag(content);
      for (var method : List.of("GET", "HEAD")) {
        var answer = registry.send(method, path, "If-None-Match", form.formatted(etag)).expect(304);
        assertThat(answer.header("ETag")).isEqualTo(etag);
        assertThat(answer.header("Docker-Content-Digest")).isEqualTo("" + content.digest());
        assertThat(answer.text()).isEmpty();
      }
    }
  }

  @Test
  void whatHasChangedIsSent() throws Exception {
    var before = registry.image("acme/web", "v1", "one");
    var after = registry.image("acme/web", "v1", "two");
    var answer = registry.get(V1, "If-None-Match", tag(before)).expect(200);
    assertThat(answer.header("ETag")).isEqualTo(tag(after));
  }

  @Test
  void aTagIsCreatedOnce() throws Exception {
    var one = registry.image("acme/web", "one").build();
    var two = registry.image("acme/web", "two").build();
    registry.tryPut("acme/web", "v1", one, "If-None-Match", "*").expect(201);
    registry.tryPut("acme/web", "v1", two, "If-None-Match", "*").expectError(412, "DENIED");
    assertThat(registry.get(V1).body()).isEqualTo(one.bytes());
    registry.get("/v2/acme/web/manifests/" + two.descriptor().digest()).expect(404);
  }

  @Test
  void aTagIsMovedOnlyFromWhereItWas() throws Exception {
    var one = registry.image("acme/web", "v1", "one");
    var two = registry.image("acme/web", "two").build();
    var three = registry.image("acme/web", "three").build();
    registry.tryPut("acme/web", "v2", two, "If-Match", "*").expectError(412, "DENIED");
    registry.tryPut("acme/web", "v1", two, "If-Match", "W/" + tag(one)).expect(412);
    registry.tryPut("acme/web", "v1", two, "If-Match", tag(one)).expect(201);
    registry.tryPut("acme/web", "v1", three, "If-Match", tag(one)).expectError(412, "DENIED");
    assertThat(registry.get(V1).body()).isEqualTo(two.bytes());
  }

  @Test
  void aTagIsDeletedOnlyFromWhereItWas() throws Exception {
    var before = registry.image("acme/web", "v1", "one");
    var after = registry.image("acme/web", "v1", "two");
    registry.send("DELETE", V1, "If-Match", tag(before)).expectError(412, "DENIED");
    registry.get(V1).expect(200);
    registry.send("DELETE", V1, "If-Match", tag(after)).expect(202);
    registry.send("DELETE", V1, "If-Match", tag(after)).expectError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void whatIsNotTheExpectedContentIsNotSent() throws Exception {
    var image = registry.image("acme/web", "v1", "layer");
    var blob = registry.blob("acme/web", "layer");
    registry.get(V1, "If-Match", tag(blob)).expectError(412, "DENIED");
    registry.get(V1, "If-Match", tag(image)).expect(200);
    var path = "/v2/acme/web/blobs/" + blob.digest();
    registry.get(path, "If-Match", tag(image)).expectError(412, "DENIED");
    registry.get(path, "If-Match", tag(blob)).expect(200);
  }
}
