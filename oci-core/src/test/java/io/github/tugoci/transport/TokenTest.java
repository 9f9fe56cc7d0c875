package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.RepositoryName;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a token server's answer. */
class TokenTest {
  private static final Scope PULL = Scope.pull(new RepositoryName("a/b"));
  private static final Scope PUSH = Scope.push(new RepositoryName("a/b"));
  private static final Scope OTHER = Scope.pull(new RepositoryName("c"));

  /** Near the end of what a long holds: what is compared wrongly overflows. */
  private static final long ASKED = Long.MAX_VALUE - 5;

  private static Token token(String json) throws InvalidContentException {
    return Token.from(Json.parseObject(json.getBytes(UTF_8), "the answer"), List.of(PUSH), ASKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"abc\"}",
        "{\"access_token\":\"abc\"}",
        "{\"token\":\"abc\",\"access_token\":\"other\"}",
        "{\"token\":\"\",\"access_token\":\"abc\"}",
        "{\"token\":null,\"access_token\":\" abc\\n\"}",
        "{\"token\":7,\"access_token\":\"abc\"}",
      })
  void eitherNameIsTaken(String json) throws Exception {
    assertThat(token(json).authorization()).isEqualTo("Bearer abc");
    assertThat(token(json)).hasToString("token for [repository:a/b:pull,push]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"token\":\" \"}", "{\"token\":\"a b\"}", "{\"token\":\"é\"}"})
  void anAnswerWithoutAUsableTokenIsRefused(String json) {
    assertThatThrownBy(() -> token(json))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageEndingWith("holds no usable token");
  }

  /** A quarter of a short life is left unused, and ten seconds of a longer one. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                      | 50",
        "null                  | 50",
        "0                     | 50",
        "-1                    | 50",
        "0.5                   | 50",
        "\"soon\"              | 50",
        "4                     | 3",
        "40                    | 30",
        "44                    | 34",
        "300                   | 290",
        "\" 300 \"             | 290",
        "300.9                 | 290",
        "86400                 | 86390",
        "86401                 | 86390",
        "1e300                 | 86390",
      })
  void itIsUsedForAsLongAsItLivesWithAMargin(String expiresIn, long seconds) throws Exception {
    var field = expiresIn == null ? "" : ",\"expires_in\":" + expiresIn;

    var token = token("{\"token\":\"abc\"" + field + "}");

    long end = ASKED + Duration.ofSeconds(seconds).toNanos();
    assertThat(token.deadline()).isEqualTo(end);
    assertThat(token.isFresh(ASKED)).isTrue();
    assertThat(token.isFresh(end - 1)).isTrue();
    assertThat(token.isFresh(end)).isFalse();
  }

  @Test
  void itServesForLessThanItWasAskedFor() throws Exception {
    var token = token("{\"token\":\"abc\"}");

    assertThat(token.covers(List.of())).isTrue();
    assertThat(token.covers(List.of(PULL, PUSH))).isTrue();
    assertThat(token.covers(List.of(PULL, OTHER))).isFalse();
  }
}
