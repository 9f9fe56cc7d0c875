package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
  private static final Challenge GHCR =
      bearer("realm", "https://ghcr.io/token", "service", "ghcr.io");

  @ParameterizedTest
  @MethodSource
  void readsOneChallenge(String header, Challenge expected) {
    assertThat(Challenge.parse(List.of(header))).containsExactly(expected);
  }

  static Stream<Arguments> readsOneChallenge() {
    return Stream.of(
        arguments("Bearer realm=\"https://ghcr.io/token\",service=\"ghcr.io\"", GHCR),
        arguments("bearer SERVICE=\"ghcr.io\", Realm=\"https://ghcr.io/token\"", GHCR),
        arguments("BEARER  service=ghcr.io , realm=\"https://ghcr.io/token\" ,", GHCR),
        arguments("Bearer realm = \"https://ghcr.io/token\",\tservice\t=\tghcr.io", GHCR),
        arguments(",, ,Bearer realm=\"https://ghcr.io/token\",,service=ghcr.io,", GHCR),
        arguments("Bearer ,realm=\"https://ghcr.io/token\",service=ghcr.io", GHCR),
        arguments("Bearer realm=https://ghcr.io/token,service=ghcr.io", GHCR),
        arguments("Bearer realm=\"https://ghcr.io/token\" service=\"ghcr.io\"", GHCR),
        arguments(
            "Bearer realm=\"https://ghcr.io/token\",realm=\"http://evil\",service=ghcr.io", GHCR),
        arguments(
            "Bearer realm=\"https://a/t?x=1&y=a,b\",scope=\"repository:a/b:pull,push\"",
            bearer("realm", "https://a/t?x=1&y=a,b", "scope", "repository:a/b:pull,push")),
        arguments("Bearer realm=https://a/t?x=1&y=2", bearer("realm", "https://a/t?x=1&y=2")),
        arguments("Bearer realm=\"a \\\"b\\\" \\\\ \\c\"", bearer("realm", "a \"b\" \\ c")),
        arguments("Bearer realm=\"\"", bearer("realm", "")),
        arguments("Bearer error=\"invalid_token\"", bearer("error", "invalid_token")),
        arguments("Bearer", bearer()),
        arguments("Negotiate", new Challenge("negotiate", Map.of())),
        arguments("Negotiate YII+/a.b~c-_==", new Challenge("negotiate", Map.of())),
        arguments("Basic realm=\"Bearer realm=x, y\"", basic("Bearer realm=x, y")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm=\"https://ghcr.io/token\",service=ghcr.io,Basic realm=\"r\"",
        "Bearer realm=\"https://ghcr.io/token\",service=ghcr.io , basic Realm = r",
        "Bearer service=ghcr.io, realm=\"https://ghcr.io/token\",, Basic realm=r",
        "Bearer realm=\"https://ghcr.io/token\",service=ghcr.io, Basic ,realm=r",
      })
  void readsTwoChallengesInOneHeader(String header) {
    assertThat(Challenge.parse(List.of(header))).containsExactly(GHCR, basic("r"));
  }

  @Test
  void readsAToken68BetweenChallenges() {
    assertThat(Challenge.parse(List.of("Basic realm=r, Negotiate a==, Bearer a=b, NTLM, X y")))
        .extracting(Challenge::scheme)
        .containsExactly("basic", "negotiate", "bearer", "ntlm", "x");
    assertThat(Challenge.parse(List.of("Negotiate a== , Bearer a=b, Negotiate a==")))
        .extracting(Challenge::parameters)
        .containsExactly(Map.of(), Map.of("a", "b"), Map.of());
  }

  @Test
  void readsTheExampleOfTheRfc() {
    var header =
        "Basic realm=\"simple\", Newauth realm=\"apps\", type=1, title=\"Login to \\\"apps\\\"\"";
    assertThat(Challenge.parse(List.of(header)))
        .containsExactly(
            basic("simple"),
            new Challenge(
                "newauth", Map.of("realm", "apps", "type", "1", "title", "Login to \"apps\"")));
  }

  @Test
  void readsSeveralHeadersEachOnItsOwn() {
    assertThat(Challenge.parse(List.of("Basic realm=r", "service=stray", "Bearer a=b")))
        .containsExactly(basic("r"), bearer("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer realm=r, {\"json\": \"a,b\"}, service=s",
        "Bearer realm=r, @, service=s",
        "Bearer realm=r, =x, service=s",
        "Bearer realm=r, empty=, service=s",
        "Bearer realm=r, service=s, cut=\"off, scope=x",
        "Bearer realm=r, service=s, cut=\"off\\",
        "Bearer realm=r; x=y, service=s",
        "a=b, Bearer realm=r, service=s",
        "\"x, Basic\", Bearer realm=r, service=s",
        "<html>, Bearer realm=r, service=s",
        "Bearer:realm=\"x\", Bearer realm=r, service=s",
      })
  void skipsGarbage(String header) {
    var challenges = Challenge.parse(List.of(header));
    assertThat(challenges).singleElement().extracting(Challenge::scheme).isEqualTo("bearer");
    assertThat(challenges.get(0).parameter("service")).contains("s");
    assertThat(challenges.get(0).parameter("realm")).get().asString().startsWith("r");
  }

  @Test
  void namesAndTokensHaveTheFirstAndTheLastOfLettersAndDigits() {
    var challenges = Challenge.parse(List.of("Negotiate azAZ09-._~+/==, Bearer aA0zZ9=\"r\""));
    assertThat(challenges).extracting(Challenge::scheme).containsExactly("negotiate", "bearer");
    assertThat(challenges.get(1).parameter("aa0zz9")).contains("r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "=", "\"", "\"\\", "\u0000", "(Bearer)", "realm=\"x\""})
  void findsNothingInGarbage(String header) {
    assertThat(Challenge.parse(List.of(header))).isEmpty();
  }

  @Test
  void neverFailsAndAlwaysEnds() {
    var random = new Random(7);
    var letters = "aB1 \t,,==\"\"\\/:;\u00e4\n";
    for (int round = 0; round < 20_000; round++) {
      var header = new StringBuilder();
      random
          .ints(random.nextInt(30), 0, letters.length())
          .forEach(i -> header.append(letters.charAt(i)));
      assertThat(Challenge.parse(List.of(header.toString())))
          .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty().isLowerCase());
    }
  }

  @Test
  void findsAParameterByItsNameInAnyCase() {
    assertThat(GHCR.parameter("REALM")).contains("https://ghcr.io/token");
    assertThat(GHCR.parameter("scope")).isEmpty();
  }

  private static Challenge basic(String realm) {
    return new Challenge("basic", Map.of("realm", realm));
  }

  private static Challenge bearer(String... namesAndValues) {
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      parameters.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Challenge("bearer", parameters);
  }
}
