package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says of itself, and how much of its body is read. */
class ResponseTest {
  private static final URI FROM = URI.create("http://host:5000/v2/a/tags/list?n=2");

  /** A body that counts what is read of it. */
  private static final class Body extends ByteArrayInputStream {
    boolean closed;
    long left;

    Body(int size) {
      super("x".repeat(size).getBytes(US_ASCII));
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      left = OperationDeadline.left();
      return super.read(bytes, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class Broken extends InputStream {
    boolean closed;

    @Override
    public int read() throws IOException {
      throw new IOException("broken off");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return read();
    }

    @Override
    public void close() throws IOException {
      closed = true;
      throw new IOException("can't be closed");
    }
  }

  private static Response with(String name, String... values) {
    var headers = new Headers(Map.of(name, List.of(values)));
    return new Response(FROM, 200, headers, InputStream.nullInputStream());
  }

  private static Response with(InputStream body) {
    return new Response(FROM, 200, Headers.EMPTY, body);
  }

  @Test
  void aTypeHasNoParameters() {
    assertThat(with("Content-Type", "application/json ; charset=utf-8").contentType())
        .hasValue(MediaType.JSON);
    assertThat(with("Content-Type", " ;charset=utf-8").contentType()).isEmpty();
    assertThat(with("Age", "1").contentType()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/a/blobs/uploads/1?x=%2f, http://host:5000/v2/a/blobs/uploads/1?x=%2f",
    "../b#part, http://host:5000/v2/a/b",
    "https://other/x, https://other/x",
  })
  void aLocationIsMadeAbsolute(String location, URI expected) throws Exception {
    assertThat(with("Location", location).location()).hasValue(expected);
  }

  @Test
  void aBlankLocationIsNone() throws Exception {
    assertThat(with("Location", " ").location()).isEmpty();
    assertThat(with("Age", "1").location()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> with("Location", "http://[x").location())
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("host sent a malformed Location: ");
    assertThatThrownBy(() -> with("Link", "<http://[x>; rel=next").link("next"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("host sent a malformed Link: ");
    assertThatThrownBy(() -> with("Link", "</x").link("next"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("host sent a malformed Link: '>' missing");
    assertThatThrownBy(() -> with("Link", "</x>; rel=next; anchor=\"http://[x\"").link("next"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageStartingWith("host sent a malformed anchor in its Link: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</x>; rel=next",
        "</y>; rel=prev, </x>; rel=next, </z>; rel=next",
        "</y>, </x>; rel=next",
        "</y>; rel=next; anchor=\"/other\", </x>; rel=next; anchor=\"?n=3\"",
        "</y>; anchor=\"/other\", </x>",
        "</x>, </y>",
        "</y>; rel=next; anchor=\"/other\", </x>; title=more",
      })
  void theNextPageIsTheFirstLinkFromHereThatSaysSoOrElseTheFirstThatSaysNothing(String links)
      throws Exception {
    assertThat(with("Link", links).link("next")).hasValue(URI.create("http://host:5000/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "</x>; rel=prev", "</x>; rev=next", "</x>; rel=next; anchor=\"/other\""})
  void otherLinksAreNotTheNextPage(String links) throws Exception {
    assertThat(with("Link", links).link("next")).isEmpty();
  }

  @Test
  void anOriginIsSchemeHostAndPort() {
    var response = with("Age", "1");

    assertThat(response.hasOriginOf(URI.create("http://host:5000/other"))).isTrue();
    assertThat(response.hasOriginOf(URI.create("http://host/other"))).isFalse();
    assertThat(response.hasOriginOf(URI.create("https://host:5000/other"))).isFalse();
    assertThat(response.uri()).isEqualTo(FROM);
    assertThat(response.status()).isEqualTo(200);
  }

  @Test
  void aBodyIsReadAtOnceUpToItsLimit() throws Exception {
    var response = with(new Body(3));
    assertThatThrownBy(response::bytes).isInstanceOf(IllegalStateException.class);

    response.buffer(3);

    assertThat(response.bytes().size()).isEqualTo(3);
    assertThat(response.body().readAllBytes()).hasSize(3);
    assertThat(response.body().readAllBytes()).as("once more").hasSize(3);
    assertThatThrownBy(() -> with(new Body(4)).buffer(3))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage("the answer of host is larger than 3 bytes");
  }

  @Test
  void aBodyIsStreamedWhereNobodyAskedForItAtOnce() {
    var body = new Body(3);

    assertThat(with(body).body()).isSameAs(body);
  }

  @Test
  void anExcerptIsTheBeginningOrNothing() {
    assertThat(with(new Body(5)).excerpt(3)).hasSize(3);
    assertThat(with(new Body(2)).excerpt(3)).hasSize(2);
    assertThat(with(new Broken()).excerpt(3)).isEmpty();
  }

  @Test
  void closingReadsLittleAndNotForLong() {
    var small = new Body(64 << 10);
    with(small).close();
    var large = new Body((64 << 10) + 7);
    with(large).close();

    assertThat(small.available()).isZero();
    assertThat(large.available()).isEqualTo(7);
    assertThat(small.closed && large.closed).isTrue();
    assertThat(small.left).isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    assertThat(OperationDeadline.left()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatBreaksWhileClosingIsNoFailure() {
    var broken = new Broken();

    with(broken).close();

    assertThat(broken.closed).isTrue();
  }
}
