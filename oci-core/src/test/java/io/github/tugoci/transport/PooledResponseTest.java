package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;

/** An answer of the pool, which has its connection until its content is closed. */
class PooledResponseTest {
  private boolean freed;
  private final BasicClassicHttpResponse answer =
      new BasicClassicHttpResponse(404, "Nowhere") {
        private static final long serialVersionUID = 1L;

        @Override
        public void close() throws IOException {
          freed = true;
          super.close();
        }
      };

  private PooledResponse withBody(InputStream body) {
    answer.setEntity(
        new InputStreamEntity(body, 2, ContentType.create("text/x-error"), "identity"));
    return new PooledResponse(answer);
  }

  @Test
  void saysWhatTheAnswerSays() {
    answer.addHeader("A", "1");
    answer.addHeader("B", null);
    var response = withBody(InputStream.nullInputStream());

    assertThat(response.getStatusCode()).isEqualTo(404);
    assertThat(response.getReasonPhrase()).isEqualTo("Nowhere");
    assertThat(response.getStatusLine()).isEqualTo("HTTP/1.1 404 Nowhere");
    assertThat(response.getHeaderCount()).isEqualTo(2);
    assertThat(response.getHeaderName(1)).isEqualTo("B");
    assertThat(response.getHeaderValue(0)).isEqualTo("1");
    assertThat(response.getHeaderValue(1)).isEmpty();
    assertThat(response.getContentLength()).isEqualTo(2);
    assertThat(response.getContentType()).isEqualTo("text/x-error");
    assertThat(response.getContentEncoding()).isEqualTo("identity");
  }

  @Test
  void anAnswerWithoutABodyHasEmptyContent() throws Exception {
    var response = new PooledResponse(answer);

    assertThat(response.getContent().readAllBytes()).isEmpty();
    assertThat(response.getContentLength()).isEqualTo(-1);
    assertThat(response.getContentType()).isNull();
    assertThat(response.getContentEncoding()).isNull();
  }

  @Test
  void theConnectionIsFreedWhenTheContentIsClosed() throws Exception {
    try (var content = withBody(new ByteArrayInputStream("ok".getBytes(US_ASCII))).getContent()) {
      assertThat(content.readAllBytes()).asString(US_ASCII).isEqualTo("ok");
      assertThat(freed).isFalse();
    }

    assertThat(freed).isTrue();
  }

  @Test
  void theConnectionIsFreedThoughTheContentCannotBeClosed() throws Exception {
    var broken =
        new InputStream() {
          @Override
          public int read() {
            return -1;
          }

          @Override
          public void close() throws IOException {
            throw new IOException("broken");
          }
        };
    var content = withBody(broken).getContent();

    assertThatThrownBy(content::close).hasMessage("broken");
    assertThat(freed).isTrue();
  }
}
