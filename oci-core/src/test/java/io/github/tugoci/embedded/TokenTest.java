package io.github.tugoci.embedded;

import static io.github.tugoci.embedded.TestRegistry.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens: how they are got, and what they are good for (Docker's token authentication). */
class TokenTest {
  private static final String LIST = "/v2/bob/web/tags/list";
  private static final String UPLOADS = "/v2/bob/web/blobs/uploads/";
  private static final String PULL_PUSH = "repository:bob/web:pull,push";

  @RegisterExtension
  final TestRegistry registry =
      TestRegistry.with(
          options ->
              options
                  .tokenAuthentication()
                  .user("bob", "secret", "bob/*", EnumSet.of(Permission.PULL, Permission.PUSH))
                  .anonymous("public", Set.of(Permission.PULL)));

  private static String token(TestRegistry from, String query) throws Exception {
    return from.get("/token" + query, "Authorization", basic("bob", "secret"))
        .expect(200)
        .json()
        .requiredString("token");
  }

  private Answer ask(String method, String path, String token) throws Exception {
    return registry.send(method, path, "Authorization", "Bearer " + token);
  }

  @Test
  void theChallengeSaysWhereAndForWhat() throws Exception {
    var realm = "Bearer realm=\"" + registry.uri() + "/token\",service=\"" + registry.host() + "\"";
    assertThat(registry.get("/v2/").expectError(401, "UNAUTHORIZED").header("WWW-Authenticate"))
        .isEqualTo(realm);
    assertThat(registry.get(LIST).expect(401).header("WWW-Authenticate"))
        .isEqualTo(realm + ",scope=\"repository:bob/web:pull\"");
    assertThat(registry.send("POST", UPLOADS).expect(401).header("WWW-Authenticate"))
        .isEqualTo(realm + ",scope=\"" + PULL_PUSH + "\"");
  }

  @Test
  void theRealmIsWhereTheClientAsked() throws Exception {
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("GET /v2/ HTTP/1.1\nHost: registry.example:5000\nConnection: close\n\n");
      assertThat(raw.rest()).contains("realm=\"http://registry.example:5000/token\"");
    }
    try (var raw = new RawConnection(registry.uri())) {
      raw.send("GET /v2/ HTTP/1.1\nHost: a\",x=\"y\nConnection: close\n\n");
      assertThat(raw.rest()).contains("realm=\"" + registry.uri() + "/token\"");
    }
  }

  @Test
  void aTokenIsGoodForItsScope() throws Exception {
    var token = token(registry, "?service=x&scope=" + PULL_PUSH);
    ask("GET", "/v2/", token).expect(200);
    ask("POST", UPLOADS, token).expect(202);
    ask("GET", LIST, token).expectError(404, "NAME_UNKNOWN");
    var other = ask("GET", "/v2/bob/db/tags/list", token).expectError(401, "UNAUTHORIZED");
    assertThat(other.header("WWW-Authenticate"))
        .endsWith(",scope=\"repository:bob/db:pull\",error=\"insufficient_scope\"");
    ask("GET", "/v2/acme/web/tags/list", token).expectError(403, "DENIED");
    ask("DELETE", "/v2/bob/web/manifests/v1", token).expectError(403, "DENIED");
  }

  @Test
  void aTokenForPullsIsNoneForPushes() throws Exception {
    var token = token(registry, "?scope=repository:bob/web:pull");
    ask("GET", LIST, token).expect(404);
    ask("POST", UPLOADS, token).expectError(401, "UNAUTHORIZED");
  }

  @Test
  void severalScopesMayBeAskedForAtOnce() throws Exception {
    var token =
        token(
            registry,
            "?scope=repository:bob/a:pull&scope=repository:bob/b:*%20repository:bob/c:push");
    ask("GET", "/v2/bob/a/tags/list", token).expect(404);
    ask("POST", "/v2/bob/b/blobs/uploads/", token).expect(202);
    ask("POST", "/v2/bob/c/blobs/uploads/", token).expect(202);
    ask("GET", "/v2/bob/c/tags/list", token).expect(401);
  }

  @Test
  void nobodyGetsATokenForWhatIsPublic() throws Exception {
    var token =
        registry
            .get("/token?scope=repository:public:pull,push")
            .expect(200)
            .json()
            .requiredString("token");
    ask("GET", "/v2/public/tags/list", token).expectError(404, "NAME_UNKNOWN");
    ask("POST", "/v2/public/blobs/uploads/", token).expectError(401, "UNAUTHORIZED");
  }

  @Test
  void aWrongPasswordGetsNoToken() throws Exception {
    var answer =
        registry
            .get("/token", "Authorization", basic("bob", "wrong"))
            .expectError(401, "UNAUTHORIZED");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Basic realm=");
    registry
        .sendText("POST", "/token", "grant_type=password&username=bob&password=wrong")
        .expectError(401, "UNAUTHORIZED");
  }

  @Test
  void aPasswordIsNoToken() throws Exception {
    registry.get(LIST, "Authorization", basic("bob", "secret")).expectError(401, "UNAUTHORIZED");
  }

  @Test
  void oauth2GivesTokensForAPasswordAndForARefreshToken() throws Exception {
    var first =
        registry
            .sendText(
                "POST",
                "/token",
                "grant_type=password&username=bob&password=secret&access_type=offline&scope="
                    + PULL_PUSH)
            .expect(200);
    assertThat(first.header("Cache-Control")).isEqualTo("no-store");
    ask("POST", UPLOADS, first.json().requiredString("access_token")).expect(202);
    var refresh = first.json().requiredString("refresh_token");
    ask("POST", UPLOADS, refresh).expectError(401, "UNAUTHORIZED");
    var form = "grant_type=refresh_token&scope=" + PULL_PUSH + "&refresh_token=";
    var second = registry.sendText("POST", "/token", form + refresh).expect(200).json();
    ask("POST", UPLOADS, second.requiredString("access_token")).expect(202);
    registry
        .sendText("POST", "/token", form + second.requiredString("access_token"))
        .expectError(401, "UNAUTHORIZED");
  }

  @Test
  void anIdentityTokenIsGivenToAUserWhoAsks() throws Exception {
    var answer = registry.get("/token?offline_token=true", "Authorization", basic("bob", "secret"));
    assertThat(answer.json().requiredString("refresh_token")).isNotEmpty();
    assertThat(answer.json().integer("expires_in")).contains(300L);
    var anonymous = registry.get("/token?offline_token=true").expect(200);
    assertThat(anonymous.json().asMap()).doesNotContainKey("refresh_token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "grant_type=other", "grant_type=%zz", "no form"})
  void aFormThatIsNoneIsRefused(String form) throws Exception {
    registry.sendText("POST", "/token", form).expectError(400, "UNSUPPORTED");
    registry.sendText("POST", "/token", "x".repeat(70_000)).expectError(413, "SIZE_INVALID");
    registry.send("PUT", "/token").expectError(405, "UNSUPPORTED");
  }

  @Test
  void anExpiredTokenIsAskedForAgain() throws Exception {
    try (var brief =
        TestRegistry.with(
            options ->
                options.tokenAuthentication().user("bob", "secret").tokenLifetime(Duration.ZERO))) {
      var token = "Bearer " + token(brief, "?scope=" + PULL_PUSH);
      var answer = brief.get(LIST, "Authorization", token).expectError(401, "UNAUTHORIZED");
      assertThat(answer.header("WWW-Authenticate"))
          .startsWith("Bearer ")
          .endsWith("scope=\"repository:bob/web:pull\"");
    }
  }

  @Test
  void aTokenThatSomebodyElseMadeIsNone() throws Exception {
    try (var other =
        TestRegistry.with(options -> options.tokenAuthentication().user("bob", "secret"))) {
      ask("GET", LIST, token(other, "?scope=" + PULL_PUSH)).expectError(401, "UNAUTHORIZED");
    }
    var token = token(registry, "?scope=repository:bob/web:pull");
    var parts = token.split("\\.", 2);
    var claims = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8);
    var more = claims.replace("bob/web:pull", "bob/web:push");
    assertThat(more).isNotEqualTo(claims);
    var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(more.getBytes(UTF_8));
    ask("POST", UPLOADS, forged + "." + parts[1]).expectError(401, "UNAUTHORIZED");
    ask("GET", LIST, parts[0] + ".").expectError(401, "UNAUTHORIZED");
    ask("GET", LIST, parts[0]).expectError(401, "UNAUTHORIZED");
    ask("GET", LIST, "").expectError(401, "UNAUTHORIZED");
  }

  @Test
  void theCatalogNeedsATokenOfItsOwnAndListsWhatTheUserMayRead() throws Exception {
    var empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    try (var both =
        TestRegistry.with(
            options ->
                options
                    .tokenAuthentication()
                    .user("ada", "secret")
                    .user("bob", "secret", "bob/*", EnumSet.of(Permission.PULL)))) {
      var scopes = "?scope=repository:bob/web:push&scope=repository:ada/web:push";
      var push = both.get("/token" + scopes, "Authorization", basic("ada", "secret")).json();
      for (var name : new String[] {"bob/web", "ada/web"}) {
        var bearer = "Bearer " + push.requiredString("token");
        var path = "/v2/" + name + "/blobs/uploads/?digest=" + empty;
        both.send("POST", path, "Authorization", bearer).expect(201);
      }
      assertThat(both.get("/v2/_catalog").expect(401).header("WWW-Authenticate"))
          .endsWith(",scope=\"registry:catalog:*\"");
      var other = "Bearer " + token(both, "?scope=repository:bob/web:pull");
      var refused =
          both.get("/v2/_catalog", "Authorization", other).expectError(401, "UNAUTHORIZED");
      assertThat(refused.header("WWW-Authenticate"))
          .endsWith(",scope=\"registry:catalog:*\",error=\"insufficient_scope\"");
      var token = "Bearer " + token(both, "?scope=registry:catalog:*");
      assertThat(both.get("/v2/_catalog", "Authorization", token).expect(200).list("repositories"))
          .containsExactly("bob/web");
    }
  }

  @Test
  void nobodyGetsATokenForTheCatalog() throws Exception {
    var token = registry.get("/token?scope=registry:catalog:*").expect(200).json();
    ask("GET", "/v2/_catalog", token.requiredString("token")).expectError(401, "UNAUTHORIZED");
  }

  @Test
  void aMountIsChallengedForItsSourceToo() throws Exception {
    var mount = UPLOADS + "?mount=sha256:" + "0".repeat(64) + "&from=bob/db";
    var both = "scope=\"" + PULL_PUSH + " repository:bob/db:pull\"";
    assertThat(registry.send("POST", mount).expect(401).header("WWW-Authenticate")).endsWith(both);
    var narrow = ask("POST", mount, token(registry, "?scope=" + PULL_PUSH));
    assertThat(narrow.expect(401).header("WWW-Authenticate"))
        .endsWith(both + ",error=\"insufficient_scope\"");
    var wide = token(registry, "?scope=" + PULL_PUSH + "%20repository:bob/db:pull");
    ask("POST", mount, wide).expect(202);
  }

  @Test
  void aMountFromWhereTheUserMayNotReadIsAnUpload() throws Exception {
    var mount = UPLOADS + "?mount=sha256:" + "0".repeat(64) + "&from=ada/db";
    ask("POST", mount, token(registry, "?scope=" + PULL_PUSH)).expect(202);
  }
}
