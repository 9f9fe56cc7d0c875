package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static io.github.tugoci.embedded.TestRegistry.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that come from another repository (distribution-spec, "Mounting a blob"). */
class MountTest {
  @RegisterExtension final TestRegistry registry = TestRegistry.start();

  private static Answer mount(TestRegistry at, String into, String query, String... headers)
      throws Exception {
    return at.send("POST", "/v2/" + into + "/blobs/uploads/?mount=" + query, headers);
  }

  @Test
  void aBlobIsMountedWithoutBeingSent() throws Exception {
    var digest = registry.blob("acme/web", "layer").digest();
    var answer = mount(registry, "acme/db", digest + "&from=acme/web").expect(201);
    assertThat(answer.header("Location")).isEqualTo("/v2/acme/db/blobs/" + digest);
    assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest.toString());
    assertThat(registry.get(answer.header("Location")).expect(200).text()).isEqualTo("layer");
  }

  @Test
  void aBlobThatIsNotThereOpensAnUpload() throws Exception {
    registry.blob("acme/web", "layer");
    var digest = Digest.of("other".getBytes(UTF_8));
    var answer = mount(registry, "acme/db", digest + "&from=acme/web").expect(202);
    registry
        .sendText("PUT", with(answer.header("Location"), "digest=" + digest), "other")
        .expect(201);
    registry.get("/v2/acme/db/blobs/" + digest).expect(200);
  }

  @Test
  void aSourceThatIsNoneOpensAnUpload() throws Exception {
    var digest = registry.blob("acme/web", "layer").digest();
    mount(registry, "acme/db", digest + "&from=acme/nothing").expect(202);
    mount(registry, "acme/db", digest + "&from=../web").expect(202);
    mount(registry, "acme/db", digest + "&from=").expect(202);
    registry.get("/v2/acme/db/blobs/" + digest).expect(404);
  }

  @Test
  void withoutASourceTheBlobIsFoundAnywhere() throws Exception {
    var digest = registry.blob("acme/web", "layer").digest();
    mount(registry, "acme/db", digest.toString()).expect(201);
    registry.get("/v2/acme/db/blobs/" + digest).expect(200);
  }

  @Test
  void withoutASourceARegistryMayLookInTheSameRepositoryOnly() throws Exception {
    try (var strict = TestRegistry.with(options -> options.withoutContentDiscovery())) {
      var digest = strict.blob("acme/web", "layer").digest();
      mount(strict, "acme/db", digest.toString()).expect(202);
      mount(strict, "acme/web", digest.toString()).expect(201);
      mount(strict, "acme/db", digest + "&from=acme/web").expect(201);
    }
  }

  @Test
  void aDigestThatIsNoneIsRefused() throws Exception {
    mount(registry, "acme/db", "sha256:abc&from=acme/web").expectError(400, "DIGEST_INVALID");
  }

  @Test
  void whatOneMayNotReadOneMayNotMount() throws Exception {
    try (var guarded =
        TestRegistry.with(
            options ->
                options
                    .user("ada", "secret", "open/*", EnumSet.allOf(Permission.class))
                    .anonymous("private/web", EnumSet.of(Permission.PUSH)))) {
      var digest = guarded.blob("private/web", "layer").digest();
      var ada = basic("ada", "secret");
      for (var query : new String[] {digest + "&from=private/web", digest.toString()}) {
        mount(guarded, "open/db", query, "Authorization", ada).expect(202);
      }
      guarded.send("HEAD", "/v2/open/db/blobs/" + digest, "Authorization", ada).expect(404);
    }
  }

  @Test
  void bothCopiesLiveOnWhenTheOtherIsDeleted(@TempDir Path folder) throws Exception {
    for (var where : new TestRegistry[] {registry, TestRegistry.with(to -> to.folder(folder))}) {
      try (where) {
        var big = new byte[2 << 20];
        var digest = where.blob("acme/web", MediaType.OCI_LAYER, big).digest();
        mount(where, "acme/db", digest + "&from=acme/web").expect(201);
        where.send("DELETE", "/v2/acme/web/blobs/" + digest).expect(202);
        assertThat(where.get("/v2/acme/db/blobs/" + digest).expect(200).body().size())
            .isEqualTo(big.length);
        mount(where, "acme/web", digest + "&from=acme/db").expect(201);
        where.send("DELETE", "/v2/acme/db/blobs/" + digest).expect(202);
        where.get("/v2/acme/web/blobs/" + digest).expect(200);
      }
    }
  }

  @Test
  void inAFolderAMountCostsNoSpace(@TempDir Path folder) throws Exception {
    try (var inFolder = TestRegistry.with(options -> options.folder(folder))) {
      var digest = inFolder.blob("acme/web", "layer").digest();
      mount(inFolder, "acme/db", digest + "&from=acme/web").expect(201);
      var one = folder.resolve("acme/web/blobs/sha256").resolve(digest.hex());
      var other = folder.resolve("acme/db/blobs/sha256").resolve(digest.hex());
      assertThat(Files.readAttributes(one, "unix:ino"))
          .isEqualTo(Files.readAttributes(other, "unix:ino"));
    }
  }
}
