package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CompleteHeadParserTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nETag: \"abc\"\r\n\r\n";

  private static @Nullable ClassicHttpResponse parse(InputStream in) throws Exception {
    return new CompleteHeadParser(Http1Config.DEFAULT).parse(new SessionInputBufferImpl(8192), in);
  }

  private static @Nullable ClassicHttpResponse parse(String text) throws Exception {
    return parse(new ByteArrayInputStream(text.getBytes(US_ASCII)));
  }

  @Test
  void takesAWholeHead() throws Exception {
    for (var whole : new String[] {HEAD, HEAD + "body"}) {
      assertThat(parse(whole))
          .isNotNull()
          .satisfies(
              head -> {
                assertThat(head.getCode()).isEqualTo(200);
                assertThat(head.getFirstHeader("ETag").getValue()).isEqualTo("\"abc\"");
              });
    }
  }

  @Test
  void refusesOneThatIsCutAnywhere() {
    for (int end = 15; end < HEAD.length() - 1; end++) {
      var cut = HEAD.substring(0, end);
      assertThatThrownBy(() -> parse(cut))
          .as(cut)
          .isInstanceOfAny(EOFException.class, ParseException.class);
    }
    // what the library takes for a shorter value
    assertThatThrownBy(() -> parse(HEAD.substring(0, HEAD.length() - 6)))
        .isInstanceOf(EOFException.class)
        .hasMessage("the connection closed in the middle of the answer's header");
  }

  @Test
  void takesNoneForAConnectionThatWasClosedBefore() throws Exception {
    assertThat(parse("")).isNull();
  }
}
