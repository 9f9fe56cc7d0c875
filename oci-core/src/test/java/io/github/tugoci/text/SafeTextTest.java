package io.github.tugoci.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from outside is shown, and plays no tricks. */
class SafeTextTest {
  @Test
  void aBeginningIsOfWholeCharacters() {
    assertThat(SafeText.beginning("abc", 3)).isEqualTo("abc");
    assertThat(SafeText.beginning("abcd", 3)).isEqualTo("abc…");
    assertThat(SafeText.beginning("ab\ud83d\ude00", 3)).isEqualTo("ab…");
    assertThat(SafeText.beginning("a\ud83d\ude00b", 3)).isEqualTo("a\ud83d\ude00…");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x1b, 0x0a, 0x0d, 0x07, 0x00, 0x7f, 0x85, 0x9b, 0xad, 0x61c, 0x115f, 0x200b, 0x200d, 0x200e,
        0x2028, 0x2029, 0x202e, 0x2066, 0x2069, 0x3164, 0xfeff, 0xe0041, 0xd800
      })
  void whatPlaysTricksIsNeverShownAsItIs(int codePoint) {
    var text = "a" + Character.toString(codePoint) + "b";
    for (var shown :
        new String[] {
          SafeText.escape(text),
          SafeText.oneLine(text, 100),
          SafeText.mask(text),
          SafeText.escapeJson(text).replace("\n", ""),
          new InvalidContentException(text).getMessage()
        }) {
      assertThat(shown.codePoints()).allMatch(SafeText::isSafe);
      assertThat(shown).startsWith("a").endsWith("b");
    }
  }

  @Test
  void whatIsPlainStaysAsItIs() {
    var text = "größe 中文 é 😀 \t|";
    assertThat(SafeText.escape(text)).isEqualTo(text);
  }

  @Test
  void escapesAreVisible() {
    assertThat(SafeText.escape("a\u001b[31m\nb\u202ec\udc9b"))
        .isEqualTo("a\\u001b[31m\\nb\\u202ec\\x9b");
    assertThat(SafeText.escapeJson("{\"a\": \"\u202e\u009b\"\n}"))
        .isEqualTo("{\"a\": \"\\u202e\\u009b\"\n}");
    assertThat(SafeText.oneLine("  a\r\n\u001bb" + "c".repeat(9), 5)).isEqualTo("a bcc…");
  }

  @ParameterizedTest
  @CsvSource({
    "no answer from https://bob:hunter2@host/x, no answer from https://…@host/x",
    "no https://bob@host, no https://…@host",
    "bad bob:hunter2@host/x, bad …@host/x",
    "GET https://host/x?token=hunter2 failed, GET https://host/x?… failed",
    "sent Basic Ym9iOmh1bnRlcjI= there, sent Basic … there",
    "Authorization: Bearer eyJhbGciOi.hunter2.x, Authorization: Bearer …",
    "Authorization: Bearer eyJhbGciOi.….x, Authorization: Bearer …",
    "proxy http://u:hunter2@[::1]:3128 is down, proxy http://…@[::1]:3128 is down",
  })
  void secretsAreLeftOut(String message, String shown) {
    assertThat(SafeText.redact(message)).isEqualTo(shown);
    assertThat(new InvalidContentException(message).getMessage()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ghcr.io/acme/app:1.0@sha256:abc not found",
        "wants Basic authentication, not a Bearer challenge",
        "localhost:5000/a/b:1@sha512:abc",
        "signed by Bob <bob@example.com>",
        "what is it? nobody@home"
      })
  void whatIsNoSecretStays(String message) {
    assertThat(SafeText.redact(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:hunter2@ghcr.io/acme/app",
        "docker://user:hunter2@ghcr.io/acme/app:1.0",
        "user:hunter2/x@ghcr.io/acme/app",
        "hunter2@ghcr.io/acme/app",
        "https://user:hunter2@ghcr.io/acme/app",
        "ghcr.io/acme/app?token=hunter2",
        "user:hunter2@host:5000/a/b:1@x"
      })
  void aReferenceThatIsRefusedDoesNotRepeatItsPassword(String text) {
    assertThatThrownBy(() -> Reference.parse(text))
        .isInstanceOfSatisfying(
            InvalidReferenceException.class,
            e -> {
              assertThat(e.getMessage()).doesNotContain("hunter2");
              assertThat(e.pointer()).doesNotContain("hunter2");
              assertThat(e.hint() + e.fault()).doesNotContain("hunter2");
            });
  }

  @Test
  void theLastCharactersOfARangeAreEscapedInTheirForm() {
    assertThat(SafeText.escape("a\tb\uffff")).isEqualTo("a\tb\\uffff");
    assertThat(SafeText.escape("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    assertThat(SafeText.escape("\udb40\udc01")).isEqualTo("\\u{e0001}");
  }

  @ParameterizedTest
  @CsvSource({
    "docker://hunter2@ghcr.io/a, docker://*******@ghcr.io/a",
    "u:hunter2@host/a?b=c, *********@host/a?***",
    "ghcr.io/acme/app@sha256:x, ghcr.io/acme/app@sha256:x",
    "localhost:5000/a@b, localhost:5000/a@b",
    "host:pass/a@b, ***********@b",
    "a?b, a?*",
    "://u@host, ://*@host",
    "@host, @host",
  })
  void theSecretsOfAReferenceAreStarsAndAllElseStaysInItsPlace(String text, String shown) {
    assertThat(SafeText.redactReference(text)).isEqualTo(shown);
  }

  @Test
  void whatIsAtTheVeryBeginningIsLeftOutToo() {
    assertThat(SafeText.redact("@a u:p@host")).isEqualTo("@a …@host");
    assertThat(SafeText.redact("?http://a?b")).isEqualTo("?http://a?…");
  }
}
