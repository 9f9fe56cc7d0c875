package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.HostProfile;
import io.github.tugoci.net.Origin;
import io.github.tugoci.net.RealmPolicy;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent as Authorization: before it is asked for, and after a 401. */
class AuthorizerTest {
  private static final Credential.Password BOB =
      new Credential.Password("bob", "builder", "the test");
  private static final Credential BEARER = new Credential.BearerToken("given", "the test");
  private static final Credential IDENTITY = new Credential.IdentityToken("refresh", "the test");
  private static final Challenge BASIC = new Challenge("basic", Map.of());

  private final RegistryException refusal =
      new RegistryException(new RequestLine("GET", "http://host/"), 401, List.of(), null);
  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final List<String> notes = new ArrayList<>();
  private final ToldServer server;
  private final Origin origin;
  private HostProfile profile = HostProfile.UNKNOWN;

  AuthorizerTest() throws IOException {
    server = new ToldServer();
    origin = Origin.of(server.host(), null);
    gives("t1");
  }

  @AfterEach
  void close() {
    connections.close();
    server.close();
  }

  private void gives(String token) {
    server.answer("/token", 200, "{\"token\":\"" + token + "\"}");
  }

  private Authorizer authorizer(RealmPolicy policy) {
    var options = TransportOptions.builder().realmPolicy(policy).notes(notes::add).build();
    return new Authorizer(
        server.host(),
        origin,
        new TokenCache(new Redirects(connections)),
        options,
        () -> profile,
        change -> profile = change.apply(profile));
  }

  private Authorizer authorizer() {
    return authorizer(RealmPolicy.ANY);
  }

  private URI realm() {
    return origin.resolve("/token");
  }

  /** The same server by another name. */
  private URI realmElsewhere() {
    return URI.create("http://localhost:" + server.port() + "/token");
  }

  private void knowsTokenServer(URI realm) {
    profile = profile.withTokens(realm, "s");
  }

  private static Request request(Scope... scopes) {
    return Request.of("GET", "host", "/v2/").scopes(scopes).build();
  }

  private static Request pull() {
    return request(Scope.pull(new RepositoryName("a")));
  }

  private static Optional<Credential> nobody() {
    return Optional.empty();
  }

  private static Challenge bearer(String... parameters) {
    var all = new LinkedHashMap<String, String>();
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return new Challenge("bearer", all);
  }

  private String after(
      Authorizer authorizer,
      Request request,
      @Nullable String refused,
      Optional<Credential> credential,
      Challenge... challenges)
      throws IOException {
    return authorizer.after(request, List.of(challenges), refused, credential, refusal);
  }

  @Test
  void nothingGoesAlongBeforeAnythingIsKnown() throws Exception {
    assertThat(authorizer().before(pull(), Optional.of(BOB))).isNull();
    assertThat(authorizer().before(pull(), nobody())).isNull();
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aGivenTokenAlwaysGoesAlong() throws Exception {
    assertThat(authorizer().before(request(), Optional.of(BEARER))).isEqualTo("Bearer given");
  }

  @Test
  void aPasswordGoesAlongWhereItWasTaken() throws Exception {
    profile = profile.withBasic(true);

    assertThat(authorizer().before(request(), Optional.of(BOB))).isEqualTo(BOB.basic());
    assertThat(authorizer().before(request(), Optional.of(IDENTITY))).isNull();
    assertThat(authorizer().before(request(), nobody())).isNull();
  }

  @Test
  void aTokenGoesAlongWhereItsServerIsKnownAndARepositoryIsAskedFor() throws Exception {
    knowsTokenServer(realm());
    var authorizer = authorizer();

    assertThat(authorizer.before(request(), nobody())).isNull();
    assertThat(authorizer.before(pull(), nobody())).isEqualTo("Bearer t1");
    assertThat(authorizer.before(pull(), nobody())).isEqualTo("Bearer t1");
    assertThat(server.requests).containsExactly("GET /token?service=s&scope=repository%3Aa%3Apull");
    assertThat(authorizer.size()).isEqualTo(1);
  }

  @Test
  void aTokenServerThatThePolicyForbidsIsNotAsked() throws Exception {
    knowsTokenServer(realm());
    var authorizer = authorizer((registry, realm) -> false);

    assertThat(authorizer.before(pull(), Optional.of(BOB))).isNull();
    assertThatThrownBy(
            () -> after(authorizer, pull(), null, nobody(), bearer("realm", realm().toString())))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("which the realm policy doesn't allow; refused");
    assertThat(server.requests).isEmpty();
  }

  @Test
  void aTokenServerThatIsOutOfDateIsForgotten() throws Exception {
    knowsTokenServer(origin.resolve("/gone"));

    assertThat(authorizer().before(pull(), nobody())).isNull();
    assertThat(profile).isEqualTo(HostProfile.UNKNOWN);
  }

  @Test
  void aTokenServerThatTheRegistryHasNamedIsBelieved() throws Exception {
    var authorizer = authorizer();
    after(authorizer, pull(), null, nobody(), bearer("realm", "/token", "service", "s"));
    assertThat(profile.tokenRealm()).isEqualTo(realm());
    assertThat(profile.tokenService()).isEqualTo("s");

    var known = profile.withTokens(origin.resolve("/gone"), "s");
    profile = known;
    assertThatThrownBy(() -> authorizer.before(request(other()), nobody()))
        .isInstanceOf(RegistryException.class);
    assertThat(profile).isEqualTo(known);
  }

  private static Scope other() {
    return Scope.pull(new RepositoryName("other"));
  }

  @Test
  void anInterruptIsNoReasonToForget() {
    knowsTokenServer(realm());
    var known = profile;
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> authorizer().before(pull(), nobody()))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(profile).isEqualTo(known);
  }

  @Test
  void itIsToldOnceWhereAPasswordGoes() throws Exception {
    knowsTokenServer(realmElsewhere());
    var authorizer = authorizer();
    authorizer.before(pull(), nobody());
    assertThat(notes).isEmpty();
    authorizer.before(pull(), Optional.of(BOB));
    assertThat(notes).hasSize(1);
    after(authorizer, pull(), null, Optional.of(BOB), bearer("realm", "" + realmElsewhere()));
    assertThat(notes)
        .containsExactly(
            "%s names %s as its token server: the %s is sent there"
                .formatted(server.host(), Origin.of(realmElsewhere()), BOB));
  }

  @Test
  void itIsToldAfterAChallengeTooButNotOfTheRegistrysOwnHost() throws Exception {
    var authorizer = authorizer();
    after(authorizer, pull(), null, Optional.of(BOB), bearer("realm", "/token"));
    assertThat(notes).isEmpty();
    after(authorizer, pull(), null, Optional.of(BOB), bearer("realm", "" + realmElsewhere()));
    assertThat(notes).hasSize(1);
  }

  @Test
  void aGivenTokenThatIsRefusedIsBlamedIfItWasSent() throws Exception {
    var challenge = bearer("realm", "/token");

    assertThatThrownBy(
            () -> after(authorizer(), pull(), "Bearer given", Optional.of(BEARER), challenge))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage("%s refuses the %s", server.host(), BEARER);
    assertThat(after(authorizer(), pull(), null, Optional.of(BEARER), challenge))
        .isEqualTo("Bearer t1");
    assertThat(after(authorizer(), pull(), "Basic x", Optional.of(BOB), challenge))
        .isEqualTo("Bearer t1");
  }

  @Test
  void aTokenIsPreferredToAPassword() throws Exception {
    profile = profile.withBasic(true);
    assertThat(
            after(
                authorizer(),
                pull(),
                null,
                Optional.of(BOB),
                BASIC,
                bearer("realm", "/token", "service", "s")))
        .isEqualTo("Bearer t1");
    assertThat(profile.basic()).isFalse();
  }

  @Test
  void aChallengeWithoutARealmIsPassedOver() throws Exception {
    knowsTokenServer(realm());

    assertThat(after(authorizer(), pull(), null, Optional.of(BOB), bearer("service", "s"), BASIC))
        .isEqualTo(BOB.basic());
    assertThat(profile).isEqualTo(HostProfile.UNKNOWN.withBasic(true));
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    var digest = new Challenge("digest", Map.of("realm", "x"));

    assertThatThrownBy(() -> after(authorizer(), pull(), null, Optional.of(BOB), digest))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageEndingWith("wants authentication, but neither with a token nor with a password");
  }

  @Test
  void aPasswordThatIsMissingOrRefusedIsNamed() {
    assertThatThrownBy(() -> after(authorizer(), pull(), null, nobody(), BASIC))
        .hasMessage(server.host() + " requires a login: no credential found")
        .hasCause(refusal);
    assertThatThrownBy(() -> after(authorizer(), pull(), null, Optional.of(IDENTITY), BASIC))
        .hasMessage(server.host() + " requires a password: found only the " + IDENTITY);
    assertThatThrownBy(() -> after(authorizer(), pull(), BOB.basic(), Optional.of(BOB), BASIC))
        .hasMessage(server.host() + " refuses the " + BOB);
    assertThat(profile.basic()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repository:b:pull                     | repository:b:pull",
        " repository:b:push,pull  registry:c:* | repository:b:pull,push registry:c:*",
        "repository:host:5000/b:pull           | repository:host:5000/b:pull",
        "repository:b:pull,push repository:b:pull | repository:b:pull,push",
        "repository:user/image:pull            |",
        ":b:pull                               |",
        "repository:pull                       |",
        "repository:b:                         |",
        "pull                                  |",
      })
  void theScopesThatAreAskedForAreTheChallengesIfTheRequestHasNone(String asked, String wanted)
      throws Exception {
    var challenge = bearer("realm", "/token", "scope", asked);
    after(authorizer(), request(), null, nobody(), challenge);
    after(authorizer(), pull(), null, nobody(), challenge);

    var scopes = new StringBuilder();
    for (var scope : wanted == null ? new String[0] : wanted.split(" ", -1)) {
      scopes.append(scopes.isEmpty() ? "?" : "&").append("scope=").append(encode(scope));
    }
    assertThat(server.requests)
        .containsExactly("GET /token" + scopes, "GET /token?scope=repository%3Aa%3Apull");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Test
  void aTokenThatIsRefusedIsAskedForAnewWithTheChallengesScopes() throws Exception {
    gives("t2");
    var authorizer = authorizer();
    var challenge = bearer("realm", "/token", "scope", "repository:a:pull,push repository:a:pull");
    var first = after(authorizer, pull(), null, nobody(), challenge);

    assertThat(after(authorizer, pull(), first, nobody(), challenge)).isEqualTo("Bearer t2");
    assertThat(server.requests)
        .containsExactly(
            "GET /token?scope=repository%3Aa%3Apull",
            "GET /token?scope=repository%3Aa%3Apull&scope=repository%3Aa%3Apull%2Cpush");
    assertThat(authorizer.size()).isEqualTo(1);
  }

  @Test
  void aPasswordIsAskedForAfterATokenWhereNoOtherTokenIs() {
    var bob = Optional.<Credential>of(BOB);
    var digest = new Challenge("digest", Map.of());

    assertThat(Authorizer.asksForPassword(List.of(digest, BASIC), "Bearer t", bob)).isTrue();
    assertThat(Authorizer.asksForPassword(List.of(BASIC), null, bob)).isFalse();
    assertThat(Authorizer.asksForPassword(List.of(BASIC), "Basic x", bob)).isFalse();
    assertThat(Authorizer.asksForPassword(List.of(BASIC), "Bearer t", Optional.of(IDENTITY)))
        .isFalse();
    assertThat(Authorizer.asksForPassword(List.of(BASIC), "Bearer t", nobody())).isFalse();
    assertThat(Authorizer.asksForPassword(List.of(BASIC, bearer()), "Bearer t", bob)).isFalse();
    assertThat(Authorizer.asksForPassword(List.of(digest), "Bearer t", bob)).isFalse();
    assertThat(Authorizer.asksForPassword(List.of(), "Bearer t", bob)).isFalse();
  }
}
