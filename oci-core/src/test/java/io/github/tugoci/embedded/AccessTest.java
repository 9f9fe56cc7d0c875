package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, by passwords; and what nobody may. */
class AccessTest {
  private static final String ADA = basic("ada", "pass:word");
  private static final String BOB = basic("bob", "secret");
  private static final String UPLOADS = "/blobs/uploads/";

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(
          options ->
              options
                  .user("ada", "pass:word")
                  .user("bob", "secret", "bob/*", EnumSet.of(Permission.PULL, Permission.PUSH))
                  .user("bob", "secret", "shared", Set.of(Permission.PULL))
                  .anonymous("public/*", Set.of(Permission.PULL)));

  private Answer ask(String who, String method, String path) throws Exception {
    return who.isEmpty()
        ? registry.send(method, path)
        : registry.send(method, path, "Authorization", who);
  }

  @Test
  void whoDoesNotSayWhoHeIsIsAsked() throws Exception {
    for (var path : new String[] {"/v2/", "/v2/_catalog", "/v2/acme/web/tags/list"}) {
      var answer = ask("", "GET", path).expectError(401, "UNAUTHORIZED");
      assertThat(answer.header("WWW-Authenticate"))
          .isEqualTo("Basic realm=\"" + registry.host() + "\"");
    }
    ask("", "POST", "/v2/acme/web" + UPLOADS).expectError(401, "UNAUTHORIZED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic ",
        "Basic !!!",
        "Basic YWRh",
        "Basic YWRhOndyb25n",
        "Basic bm9ib2R5OnBhc3M6d29yZA==",
        "Basic Og==",
        "Bearer YWRhOnBhc3M6d29yZA==",
        "Digest x",
        "YWRhOnBhc3M6d29yZA==",
      })
  void whoSaysItWronglyIsAskedAgainEvenWhereAllMayRead(String authorization) throws Exception {
    ask(authorization, "GET", "/v2/").expectError(401, "UNAUTHORIZED");
    ask(authorization, "GET", "/v2/acme/web/tags/list").expectError(401, "UNAUTHORIZED");
    ask(authorization, "GET", "/v2/public/web/tags/list").expectError(401, "UNAUTHORIZED");
  }

  @Test
  void aUserWithAllRightsMayDoEverything() throws Exception {
    ask(ADA, "GET", "/v2/").expect(200);
    ask(ADA.replace("Basic", "bASIC"), "GET", "/v2/").expect(200);
    ask(ADA, "POST", "/v2/any/thing" + UPLOADS).expect(202);
    ask(ADA, "DELETE", "/v2/any/thing/manifests/v1").expectError(404, "MANIFEST_UNKNOWN");
  }

  @Test
  void aUserMayDoWhatIsGrantedOnly() throws Exception {
    ask(BOB, "POST", "/v2/bob/web" + UPLOADS).expect(202);
    ask(BOB, "GET", "/v2/bob/web/tags/list").expectError(404, "NAME_UNKNOWN");
    ask(BOB, "GET", "/v2/shared/tags/list").expectError(404, "NAME_UNKNOWN");
    ask(BOB, "GET", "/v2/public/web/tags/list").expectError(404, "NAME_UNKNOWN");
    for (var denied :
        new String[] {
          "DELETE /v2/bob/web/manifests/v1",
          "POST /v2/shared" + UPLOADS,
          "PUT /v2/shared/manifests/v1",
          "GET /v2/shared/web/tags/list",
          "GET /v2/bob/tags/list",
          "GET /v2/bobby/web/tags/list",
          "POST /v2/public/web" + UPLOADS,
        }) {
      var parts = denied.split(" ", 2);
      ask(BOB, parts[0], parts[1]).expectError(403, "DENIED");
    }
  }

  @Test
  void nobodyMayReadWhatIsPublicButNotWriteIt() throws Exception {
    ask("", "GET", "/v2/public/web/tags/list").expectError(404, "NAME_UNKNOWN");
    ask("", "POST", "/v2/public/web" + UPLOADS).expectError(401, "UNAUTHORIZED");
    ask("", "DELETE", "/v2/public/web/manifests/v1").expectError(401, "UNAUTHORIZED");
  }

  @Test
  void theCatalogShowsWhatOneMayRead() throws Exception {
    for (var name : new String[] {"bob/web", "acme/web", "public/web"}) {
      var digest = "?mount=sha256:" + "0".repeat(64);
      var location = ask(ADA, "POST", "/v2/" + name + UPLOADS + digest).header("Location");
      var empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
      ask(ADA, "PUT", location + "?digest=" + empty).expect(201);
    }
    assertThat(ask(BOB, "GET", "/v2/_catalog").expect(200).list("repositories"))
        .containsExactly("bob/web", "public/web");
    assertThat(ask(ADA, "GET", "/v2/_catalog").expect(200).list("repositories")).hasSize(3);
  }

  @Test
  void aReadOnlyRegistryRefusesEveryWrite(@TempDir Path folder) throws Exception {
    try (var writable = TestRegistry.with(options -> options.folder(folder))) {
      writable.image("acme/web", "v1", "layer");
    }
    try (var readOnly = TestRegistry.with(options -> options.folder(folder).readOnly())) {
      readOnly.get("/v2/acme/web/manifests/v1").expect(200);
      for (var write :
          new String[] {
            "POST blobs/uploads/",
            "PATCH blobs/uploads/x",
            "GET blobs/uploads/x",
            "PUT manifests/v2",
            "DELETE manifests/v1",
            "DELETE blobs/sha256:" + "0".repeat(64),
          }) {
        var parts = write.split(" ", 2);
        var answer = readOnly.send(parts[0], "/v2/acme/web/" + parts[1]);
        answer.expectError(405, "UNSUPPORTED");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
      }
    }
  }

  @Test
  void othersReachTheRegistryOnlyIfThatIsSaid() throws Exception {
    var everywhere = InetAddress.getByName("0.0.0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRegistryOptions.builder().address(everywhere).build())
        .withMessage("invalid address 0.0.0.0: not a loopback address, which needs allowRemote()");
    try (var open =
        TestRegistry.with(o -> o.address(everywhere).hostName("localhost").allowRemote())) {
      assertThat(open.host()).startsWith("localhost:");
      open.get("/v2/").expect(200);
    }
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    var options = EmbeddedRegistryOptions.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> options.user("a:b", "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> options.user("", "x"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.anonymous("a*b", Set.of(Permission.PULL)));
    var limits = RegistryLimits.builder().pageSize(0);
    assertThatIllegalArgumentException()
        .isThrownBy(limits::build)
        .withMessage("invalid pageSize 0: expected at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limits.pageSize(1).manifestSize(0).build())
        .withMessageContaining("manifestSize");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddedRegistryOptions.builder().tokenAuthentication().build());
  }
}
