package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.ProxySettings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server may answer in fields, and what environments hold. */
class HeadersFuzzTest {
  @Test
  void links() throws Exception {
    Fuzz.of("link")
        .seeds(
            "</v2/a/tags/list?n=10&last=b>; rel=\"next\"",
            "<http://a/b>; rel=next; title*=UTF-8''x, <c>; rel=\"prev next\"")
        .may(IllegalArgumentException.class)
        .texts(text -> LinkHeader.parse(List.of(text, text)));
  }

  @Test
  void timesToWait() throws Exception {
    Fuzz.of("retry-after")
        .seeds("120", "Wed, 21 Oct 2015 07:28:00 GMT", "retry-after: 716.528µs, allowed: 44000/m")
        .texts(
            text -> {
              RetryAfter.of(Headers.EMPTY.with("Retry-After", text), text, Instant.EPOCH);
              RetryAfter.of(Headers.EMPTY, text, Instant.now());
            });
  }

  @Test
  void locations() throws Exception {
    Fuzz.of("location")
        .seeds("/v2/a/blobs/uploads/1?x=y", "http://h:1/a%20b", "../c", "//h/x", "?a=b")
        .may(IllegalArgumentException.class)
        .texts(text -> UrlReference.resolve(URI.create("http://host:5000/v2/x"), text));
  }

  @Test
  void proxies() throws Exception {
    Fuzz.of("proxy")
        .seeds("http://user:p%40ss@proxy:3128", "*.example.com,10.0.0.0/8,[::1],localhost:5000")
        .may(IllegalArgumentException.class)
        .texts(
            text -> {
              ProxySettings.of(Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", text));
              ProxySettings.of(Map.of("HTTPS_PROXY", text));
            });
  }

  @Test
  void challenges() throws Exception {
    Fuzz.of("challenge")
        .seeds(
            "Bearer realm=\"https://ghcr.io/token\",service=\"ghcr.io\",scope=\"repository:a/b:pull\"",
            "Basic realm=\"a \\\"b\\\"\", Bearer realm=x",
            "Negotiate abc==, Digest a=b")
        .texts(text -> assertThat(Challenge.parse(List.of(text, text)).toString()).isNotNull());
  }
}
