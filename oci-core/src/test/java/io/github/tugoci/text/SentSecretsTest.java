package io.github.tugoci.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What was sent as a secret isn't shown again. */
class SentSecretsTest {
  @Test
  void aPasswordIsHiddenInAllFormsThatAServerCanRepeatItIn() {
    // alice:x%y "z\
    SentSecrets.addAuthorization("Basic YWxpY2U6eCV5ICJ6XA==");

    assertThat(
            SafeText.redact("a x%y \"z\\ b x%25y+%22z%5C c x%y \\\"z\\\\ d YWxpY2U6eCV5ICJ6XA=="))
        .isEqualTo("a … b … c … d …");
  }

  @Test
  void aTokenIsHidden() {
    SentSecrets.addAuthorization("Bearer first.of-tokens");

    assertThat(SafeText.redact("<first.of-tokens>")).isEqualTo("<…>");
  }

  @Test
  void aSecretThatIsAPartOfAnotherLeavesNothingOfThat() {
    SentSecrets.add("gremlin");
    SentSecrets.add("gremlin-and-more");

    assertThat(SentSecrets.hide("gremlin-and-more gremlin")).isEqualTo("… …");
  }

  @Test
  void sixCharactersAreHiddenAndFewerAreAWord() {
    SentSecrets.add("zyxwv");
    SentSecrets.add("zyxwvu");

    assertThat(SentSecrets.hide("zyxwv zyxwvu")).isEqualTo("zyxwv …");
  }

  @Test
  void aShortOneIsHiddenByItselfAndNotInsideAWord() {
    SentSecrets.add("hedgehog");
    SentSecrets.add("hedgehog-of-length");

    assertThat(SentSecrets.hide("hedgehog:hedgehog,password=hedgehog")).isEqualTo("…:…,password=…");
    assertThat(SentSecrets.hide("--no-hedgehog-keys hedgehogs")).contains("hedgehog-", "hedgehogs");
    assertThat(SentSecrets.hide("xhedgehog-of-lengthx")).isEqualTo("x…x");
  }

  @Test
  void whatTheUserKnowsIsShown() {
    SentSecrets.add("marmalade");

    assertThat(SentSecrets.hide("marmalade", "acme/marmalade")).isEqualTo("marmalade");
    assertThat(SentSecrets.hide("marmalade", "acme")).isEqualTo("…");
  }

  @Test
  void theOldestAreForgotten() {
    SentSecrets.add("the-oldest-of-them");
    for (int i = 0; i < 200; i++) {
      SentSecrets.add("a-newer-one-" + i);
    }

    assertThat(SentSecrets.hide("the-oldest-of-them")).isEqualTo("the-oldest-of-them");
    assertThat(SentSecrets.hide("a-newer-one-199")).isEqualTo("…");
  }
}
