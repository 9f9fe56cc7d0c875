package io.github.tugoci.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and in which words (distribution-spec, "Error Codes"). */
class ErrorsTest {
  private static final String HEX =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../etc",
        "a/../../etc",
        "%2e%2e/etc",
        "%2E%2E%2Fetc",
        "a/./b",
        "a//b",
        "/a",
        "a/",
        ".hidden",
        ".uploads",
        "a~",
        "A",
        "a%5Cb",
        "a%00b",
        "a%0d%0ab",
        "a b",
        "%C3%BC",
        "%ff",
        "a:b",
        "a___b",
        "-a",
      })
  void aNameThatBreaksTheGrammarTouchesNoPath(String name, @TempDir Path parent) throws Exception {
    var folder = parent.resolve("inner/folder");
    try (var inFolder = TestRegistry.with(options -> options.folder(folder))) {
      var before = Folders.files(parent);
      var path = "/v2/" + name.replace(" ", "%20") + "/";
      for (var request :
          List.of(
              "GET " + path + "tags/list",
              "GET " + path + "manifests/v1",
              "GET " + path + "referrers/sha256:" + HEX,
              "DELETE " + path + "blobs/sha256:" + HEX,
              "PUT " + path + "manifests/v1",
              "POST " + path + "blobs/uploads/?digest=sha256:" + HEX)) {
        assertRefused(inFolder, request, 400, "NAME_INVALID");
      }
      assertThat(Folders.files(parent)).isEqualTo(before);
    }
  }

  private static void assertRefused(TestRegistry registry, String request, int status, String code)
      throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      var answer = raw.send(request + " HTTP/1.1\nHost: a\nConnection: close\n\n").rest();
      assertThat(answer)
          .as(request)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("\"code\":\"" + code + "\"");
    }
  }

  @Test
  void aNameIsBoundedInLength() throws Exception {
    registry.get("/v2/" + "a".repeat(256) + "/tags/list").expectError(400, "NAME_INVALID");
    registry.get("/v2/" + "a".repeat(255) + "/tags/list").expectError(404, "NAME_UNKNOWN");
  }

  @ParameterizedTest
  @CsvSource({
    "GET blobs/sha256:.., 400, DIGEST_INVALID",
    "GET blobs/sha256:%2e%2e%2f%2e%2e%2fetc, 404, UNSUPPORTED",
    "GET blobs/.., 400, DIGEST_INVALID",
    "GET blobs/SHA256:" + HEX + ", 400, DIGEST_INVALID",
    "GET blobs/sha256:0123456789ABCDEF, 400, DIGEST_INVALID",
    "GET blobs/sha256:" + HEX + "0, 400, DIGEST_INVALID",
    "GET blobs/sha512:" + HEX + ", 400, DIGEST_INVALID",
    "GET blobs/sha256:" + HEX + "%00, 400, DIGEST_INVALID",
    "GET blobs/sha256:" + HEX + "/.., 404, UNSUPPORTED",
    "DELETE blobs/.., 400, DIGEST_INVALID",
    "GET manifests/.., 404, MANIFEST_UNKNOWN",
    "GET manifests/%2e%2e%2findex.json, 404, UNSUPPORTED",
    "DELETE manifests/.., 404, MANIFEST_UNKNOWN",
    "PUT manifests/.., 400, MANIFEST_INVALID",
    "GET blobs/uploads/.., 404, BLOB_UPLOAD_UNKNOWN",
    "PATCH blobs/uploads/lock, 404, BLOB_UPLOAD_UNKNOWN",
    "DELETE blobs/uploads/lock, 404, BLOB_UPLOAD_UNKNOWN",
    "POST blobs/uploads/?mount=..&from=acme/web, 400, DIGEST_INVALID",
  })
  void aHostileReferenceIsRefused(String request, int status, String code) throws Exception {
    registry.image("acme/web", "v1", "layer");
    var line = request.replace(" ", " /v2/acme/web/");
    assertRefused(registry, line, status, code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST /v2/; GET, HEAD",
        "DELETE /v2/_catalog; GET, HEAD",
        "PUT /v2/acme/web/tags/list; GET, HEAD",
        "PATCH /v2/acme/web/manifests/v1; GET, HEAD, PUT, DELETE",
        "PUT /v2/acme/web/blobs/sha256:1; GET, HEAD, DELETE",
        "GET /v2/acme/web/blobs/uploads/; POST",
        "POST /v2/acme/web/blobs/uploads/1; GET, PATCH, PUT, DELETE",
        "POST /v2/acme/web/referrers/sha256:1; GET, HEAD",
        "BREW /v2/acme/web/tags/list; GET, HEAD",
      })
  void aMethodThatIsNotSupportedSaysWhichAre(String request, String allowed) throws Exception {
    var parts = request.split(" ", 2);
    var answer = registry.send(parts[0], parts[1]).expectError(405, "UNSUPPORTED");
    assertThat(answer.header("Allow")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/",
        "/v2/acme",
        "/v2/tags/list",
        "/v2/a/manifests/",
        "/token",
        "/v2/a/b/c"
      })
  void whereNothingIsThatIsSaid(String path) throws Exception {
    registry.get(path).expectError(404, "UNSUPPORTED");
  }

  @Test
  void anErrorTellsNoPathAndNoStackTrace(@TempDir Path folder) throws Exception {
    try (var inFolder = TestRegistry.with(options -> options.folder(folder))) {
      inFolder.image("acme/web", "v1", "layer");
      Files.writeString(folder.resolve("acme/web/index.json"), "{no json");
      var answer = inFolder.get("/v2/acme/web/tags/list").expectError(500, "UNKNOWN");
      assertThat(answer.text()).doesNotContain(folder.toString(), "Exception");
    }
  }
}
