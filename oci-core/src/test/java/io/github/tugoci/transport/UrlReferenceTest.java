package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs as servers write them into header fields. */
class UrlReferenceTest {
  private static final URI BASE = URI.create("https://r.example/v2/a/list?n=1");

  @ParameterizedTest
  @CsvSource({
    "?last=x, https://r.example/v2/a/list?last=x",
    "next, https://r.example/v2/a/next",
    "/b?s=a%2Bb+c==, https://r.example/b?s=a%2Bb+c==",
    "/b?s=a|{b}^`\\\"<>, https://r.example/b?s=a%7C%7Bb%7D%5E%60%5C%22%3C%3E",
    "/b[1]?s=[x]&t=100%, https://r.example/b%5B1%5D?s=[x]&t=100%25",
    "/b c?d=e f, https://r.example/b%20c?d=e%20f",
    "/\u00c3\u00a9?\u20ac, https://r.example/%C3%A9?%E2%82%AC",
    "/%zz%09%aF%4, https://r.example/%25zz%09%aF%254",
    "/AZaz09\u00ff\u0100, https://r.example/AZaz09%FF%C4%80",
    "/b?s=1#part, https://r.example/b?s=1",
    "#part, https://r.example/v2/a/list?n=1",
    "//other.example:8443/x, https://other.example:8443/x",
    "http://[::1]:5000/x|y, http://[::1]:5000/x%7Cy",
  })
  void whatIsInvalidIsEncodedAndTheRestKept(String reference, String url) {
    assertThat(UrlReference.resolve(BASE, reference)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://good.example\\@bad.example/", "https://a|b/", "http://[/", "/a\tb"})
  void nothingIsMendedInAHostAndControlCharactersAreRefused(String reference) {
    assertThatThrownBy(() -> UrlReference.resolve(BASE, reference))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aControlCharacterIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> UrlReference.resolve(BASE, "/a\u007fb"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("control character at position 3");
  }
}
