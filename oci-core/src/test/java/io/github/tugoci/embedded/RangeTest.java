package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.MediaType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of blobs (RFC 9110, section 14). */
class RangeTest {
  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  private String blob() throws Exception {
    return "/v2/acme/web/blobs/" + registry.blob("acme/web", "0123456789").digest();
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 0-3, 0123",
    "bytes=0-0, 0-0, 0",
    "bytes=4-, 4-9, 456789",
    "bytes=9-9, 9-9, 9",
    "bytes=8-100, 8-9, 89",
    "bytes=-3, 7-9, 789",
    "bytes=-100, 0-9, 0123456789",
  })
  void aPartIsGiven(String range, String given, String expected) throws Exception {
    var answer = registry.get(blob(), "Range", range).expect(206);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes " + given + "/10");
    assertThat(answer.header("Content-Length")).isEqualTo("" + expected.length());
    assertThat(answer.text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=100-", "bytes=5-2"})
  void aPartThatCannotBeIsRefused(String range) throws Exception {
    var answer = registry.get(blob(), "Range", range).expectError(416, "SIZE_INVALID");
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "items=0-1", "bytes=0-1,3-4", "bytes=x-", "bytes 0-1", ""})
  void whatIsNoSingleRangeGivesTheWhole(String range) throws Exception {
    var answer = registry.get(blob(), "Range", range).expect(200);
    assertThat(answer.text()).isEqualTo("0123456789");
    assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
    assertThat(answer.header("Content-Range")).isEmpty();
  }

  @Test
  void aRangeMayHoldForOneContentOnly() throws Exception {
    var path = blob();
    var etag = registry.get(path).header("ETag");
    registry.get(path, "Range", "bytes=1-", "If-Range", etag).expect(206);
    registry.get(path, "Range", "bytes=1-", "If-Range", "\"other\"").expect(200);
    registry
        .get(path, "Range", "bytes=1-", "If-Range", "Wed, 21 Oct 2015 07:28:00 GMT")
        .expect(200);
  }

  @Test
  void whatTheClientKnowsHasNoParts() throws Exception {
    var path = blob();
    var etag = registry.get(path).header("ETag");
    for (var range : List.of("bytes=1-", "bytes=10-")) {
      registry.get(path, "Range", range, "If-None-Match", etag).expect(304);
    }
  }

  @Test
  void headKnowsNoRanges() throws Exception {
    var answer = registry.send("HEAD", blob(), "Range", "bytes=1-2").expect(200);
    assertThat(answer.header("Content-Length")).isEqualTo("10");
  }

  @Test
  void anEmptyBlobHasNoPart() throws Exception {
    var empty = "/v2/acme/web/blobs/" + registry.blob("acme/web", "").digest();
    var answer = registry.get(empty, "Range", "bytes=0-").expectError(416, "SIZE_INVALID");
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */0");
  }

  @Test
  void aManifestHasNoParts() throws Exception {
    registry.image("acme/web", "v1", "layer");
    registry.get("/v2/acme/web/manifests/v1", "Range", "bytes=1-2").expect(200);
  }

  @Test
  void partsOfBigBlobsComeFromMemoryAndFromFiles(@TempDir Path folder) throws Exception {
    var content = new byte[2 << 20];
    new Random(1).nextBytes(content);
    try (var inFolder = TestRegistry.with(options -> options.folder(folder))) {
      for (var where : List.of(registry, inFolder)) {
        var small = where.blob("acme/web", MediaType.OCI_LAYER, Arrays.copyOf(content, 1 << 20));
        var big = where.blob("acme/web", MediaType.OCI_LAYER, content);
        for (var blob : List.of(small, big)) {
          for (int length : List.of(1, 10_000, 500_000)) {
            var range = "bytes=300001-" + (300_000 + length);
            var answer = where.get("/v2/acme/web/blobs/" + blob.digest(), "Range", range);
            assertThat(answer.expect(206).body())
                .isEqualTo(Bytes.of(Arrays.copyOfRange(content, 300_001, 300_001 + length)));
          }
        }
      }
    }
  }
}
