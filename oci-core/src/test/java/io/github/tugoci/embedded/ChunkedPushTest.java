package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.reference.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs that come in chunks (distribution-spec, "Pushing a blob in chunks"). */
class ChunkedPushTest {
  private static final Digest DIGEST = Digest.of("0123456789".getBytes(UTF_8));

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  private Answer patch(String location, String range, String body) throws Exception {
    return registry.sendText("PATCH", location, body, "Content-Range", range);
  }

  private void expectWhole(String location, String rest) throws Exception {
    registry.sendText("PUT", with(location, "digest=" + DIGEST), rest).expect(201);
    assertThat(registry.get("/v2/acme/web/blobs/" + DIGEST).expect(200).text())
        .isEqualTo("0123456789");
  }

  @Test
  void chunksComeInOrderAndTheLastPutMayBeEmpty() throws Exception {
    var first = patch(registry.upload("acme/web"), "0-3", "0123").expect(202);
    assertThat(first.header("Range")).isEqualTo("0-3");
    var second = patch(first.header("Location"), "4-9", "456789").expect(202);
    assertThat(second.header("Range")).isEqualTo("0-9");
    expectWhole(second.header("Location"), "");
  }

  @Test
  void theLastChunkMayComeWithThePut() throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    registry
        .sendText("PUT", with(location, "digest=" + DIGEST), "456789", "Content-Range", "4-9")
        .expect(201);
    registry.get("/v2/acme/web/blobs/" + DIGEST).expect(200);
  }

  @Test
  void aChunkWithoutARangeIsAdded() throws Exception {
    var location = registry.upload("acme/web");
    registry.sendText("PATCH", location, "0123").expect(202);
    assertThat(registry.sendText("PATCH", location, "456").expect(202).header("Range"))
        .isEqualTo("0-6");
    expectWhole(location, "789");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5-9", "3-9", "0-5", "100-105"})
  void aChunkOutOfOrderIsRefusedAndSaysWhereToGoOn(String range) throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    var refused = patch(location, range, "xxxxxx").expectError(416, "BLOB_UPLOAD_INVALID");
    assertThat(refused.header("Range")).isEqualTo("0-3");
    assertThat(refused.header("Location")).isEqualTo(location);
    registry
        .sendText("PUT", with(location, "digest=" + DIGEST), "456789", "Content-Range", range)
        .expectError(416, "BLOB_UPLOAD_INVALID");
    expectWhole(location, "456789");
  }

  @Test
  void theFirstChunkStartsAtZero() throws Exception {
    var location = registry.upload("acme/web");
    patch(location, "1-4", "1234").expectError(416, "BLOB_UPLOAD_INVALID");
    patch(location, "0-3", "0123").expect(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4",
        "4-",
        "-9",
        "a-b",
        "4-9-10",
        "bytes=4-9",
        "4-99999999999999999999",
        "4-2"
      })
  void aMalformedRangeIsRefusedAndNothingIsTaken(String range) throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    patch(location, range, "x").expectError(400, "BLOB_UPLOAD_INVALID");
    assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-3");
    expectWhole(location, "456789");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4-8", "4-10", "4-4"})
  void aRangeOfAnotherLengthThanTheBodyIsRefusedAndNothingIsTaken(String range) throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    patch(location, range, "456789").expectError(400, "SIZE_INVALID");
    assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-3");
    expectWhole(location, "456789");
  }

  @Test
  void aRangeMayNameItsUnitAndALength() throws Exception {
    var location = patch(registry.upload("acme/web"), "bytes 0-3/*", "0123").header("Location");
    patch(location, "bytes 4-9/10", "456789").expect(202);
    expectWhole(location, "");
  }

  @Test
  void theStatusSaysHowMuchHasCome() throws Exception {
    var location = registry.upload("acme/web");
    assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-0");
    patch(location, "0-3", "0123").expect(202);
    var status = registry.get(location).expect(204);
    assertThat(status.header("Range")).isEqualTo("0-3");
    assertThat(status.header("Location")).isEqualTo(location);
    assertThat(status.text()).isEmpty();
  }

  @Test
  void anUploadIsCancelled() throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    registry.send("DELETE", location).expect(204);
    registry.get(location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
    patch(location, "4-9", "456789").expectError(404, "BLOB_UPLOAD_UNKNOWN");
    registry.send("DELETE", location).expectError(404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void aWrongDigestAtTheEndThrowsTheUploadAway() throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    registry
        .sendText("PUT", with(location, "digest=" + DIGEST), "xxx")
        .expectError(400, "DIGEST_INVALID");
    registry.get(location).expect(404);
    registry.get("/v2/acme/web/blobs/" + DIGEST).expect(404);
  }

  @Test
  void whatHasComeOfACutChunkStaysAndTheClientGoesOn() throws Exception {
    var location = registry.upload("acme/web");
    cut("PATCH", location, 10, "01234");
    var range = "";
    for (int i = 0; i < 100 && !range.equals("0-4"); i++) {
      range = registry.get(location).expect(204).header("Range");
    }
    assertThat(range).isEqualTo("0-4");
    patch(location, "5-9", "56789").expect(202);
    expectWhole(location, "");
  }

  @Test
  void aCutLastBodyIsForgottenAndSentAgainWhole() throws Exception {
    var location = patch(registry.upload("acme/web"), "0-3", "0123").header("Location");
    cut("PUT", with(location, "digest=" + DIGEST), 6, "45");
    registry.get("/v2/acme/web/blobs/" + DIGEST).expect(404);
    assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-3");
    expectWhole(location, "456789");
  }

  @Test
  void aCutPostLeavesNothing() throws Exception {
    cut("POST", "/v2/acme/web/blobs/uploads/?digest=" + DIGEST, 10, "01234");
    registry.get("/v2/acme/web/blobs/" + DIGEST).expectError(404, "BLOB_UNKNOWN");
  }

  /** Sends a part of a body, then nothing more, and waits until the registry gives up. */
  private void cut(String method, String path, int length, String part) throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send(method + " " + path + " HTTP/1.1\nHost: a\nContent-Length: " + length + "\n\n");
      assertThat(raw.send(part).end().rest()).isEmpty();
    }
  }

  @Test
  void bigChunksAreRolledBackInAFileToo() throws Exception {
    var content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    var location = registry.upload("acme/web");
    registry.send("PATCH", location, BodyPublishers.ofByteArray(content, 0, 2 << 20)).expect(202);
    registry
        .send(
            "PATCH",
            location,
            BodyPublishers.ofByteArray(content, 0, 1 << 20),
            "Content-Range",
            (2 << 20) + "-" + ((3 << 20) + 5))
        .expectError(400, "SIZE_INVALID");
    var rest = Arrays.copyOfRange(content, 2 << 20, content.length);
    registry
        .send(
            "PUT", with(location, "digest=" + Digest.of(content)), BodyPublishers.ofByteArray(rest))
        .expect(201);
    assertThat(registry.get("/v2/acme/web/blobs/" + Digest.of(content)).body())
        .isEqualTo(Bytes.of(content));
  }

  @Test
  void anEmptyChunkChangesNothing() throws Exception {
    var location = registry.upload("acme/web");
    registry.sendText("PATCH", location, "").expect(202);
    patch(location, "0-9", "0123456789").expect(202);
    registry.sendText("PATCH", location, "").expect(202);
    expectWhole(location, "");
  }
}
