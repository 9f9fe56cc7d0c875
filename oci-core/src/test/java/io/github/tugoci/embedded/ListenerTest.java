package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.AtOnce;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a request listener sees, and when. */
class ListenerTest {
  private static final Digest DIGEST = Digest.of("content".getBytes(UTF_8));
  private static final String BLOB = "/v2/acme/web/blobs/" + DIGEST;

  private final BlockingQueue<ServedRequest> served = new LinkedBlockingQueue<>();

  @RegisterExtension
  final TestRegistry registry = TestRegistry.with(options -> options.requestListener(served::add));

  private void expect(String method, String target, int status, long sent, long received) {
    assertThat(served.poll()).isEqualTo(new ServedRequest(method, target, status, sent, received));
    assertThat(served).isEmpty();
  }

  @Test
  void eachRequestIsThereWhenItsAnswerIs() throws Exception {
    var location = registry.upload("acme/web");
    expect("POST", "/v2/acme/web/blobs/uploads/", 202, 0, 0);
    registry.sendText("PATCH", location, "con");
    expect("PATCH", location, 202, 3, 0);
    registry.sendText("PUT", with(location, "digest=" + DIGEST), "tent");
    expect("PUT", location + "?digest=" + DIGEST, 201, 4, 0);
    registry.get(BLOB);
    expect("GET", BLOB, 200, 0, 7);
    registry.send("HEAD", BLOB);
    expect("HEAD", BLOB, 200, 0, 0);
    registry.get(BLOB, "Range", "bytes=1-2");
    expect("GET", BLOB, 206, 0, 2);
    registry.get(BLOB, "If-None-Match", "*");
    expect("GET", BLOB, 304, 0, 0);
  }

  @Test
  void refusalsAreSeenToo() throws Exception {
    var answer = registry.get("/v2/A/tags/list?n=%31");
    expect("GET", "/v2/A/tags/list?n=%31", 400, 0, answer.body().size());
    registry.sendText("PUT", "/v2/acme/web/manifests/v1", "no json");
    var refused = served.remove();
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.requestBytes()).isEqualTo(7);
  }

  @Test
  void aRequestThatWasBrokenOffHasNoStatus() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("POST /v2/acme/web/blobs/uploads/?digest=" + DIGEST + " HTTP/1.1\nHost: a\n");
      raw.send("Content-Length: 7\n\ncon").end();
      assertThat(raw.rest()).isEmpty();
    }
    expect("POST", "/v2/acme/web/blobs/uploads/?digest=" + DIGEST, 0, 3, 0);
  }

  @Test
  void aBigAnswerIsSeenBeforeItHasGoneOut() throws Exception {
    var digest = registry.blob("acme/web", MediaType.OCI_LAYER, new byte[32 << 20]).digest();
    served.clear();
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("GET /v2/acme/web/blobs/" + digest + " HTTP/1.1\nHost: a\n\n");
      var seen = served.poll(60, TimeUnit.SECONDS);
      assertThat(seen).isNotNull();
      assertThat(seen.responseBytes()).isEqualTo(32 << 20);
    }
  }

  @Test
  void requestsAreSeenOneAfterTheOther() throws Exception {
    var seen = new ArrayList<String>();
    var overlaps = new ArrayList<String>();
    var within = new boolean[1];
    try (var other =
        TestRegistry.with(
            options ->
                options.requestListener(
                    request -> {
                      if (within[0]) {
                        overlaps.add(request.target());
                      }
                      within[0] = true;
                      Thread.onSpinWait();
                      seen.add(request.target());
                      within[0] = false;
                    }))) {
      AtOnce.run(8, i -> List.of(other.get("/v2/"), other.get("/v2/"), other.get("/v2/")));
    }
    assertThat(seen).hasSize(24);
    assertThat(overlaps).isEmpty();
  }
}
