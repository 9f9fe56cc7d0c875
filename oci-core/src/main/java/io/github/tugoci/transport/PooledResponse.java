package io.github.tugoci.transport;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.StatusLine;
import org.jspecify.annotations.Nullable;

/** An answer that has its connection of httpclient5's pool until its content is closed. */
final class PooledResponse extends LowLevelHttpResponse {
  private final ClassicHttpResponse response;
  private final Header[] fields;

  PooledResponse(ClassicHttpResponse response) {
    this.response = response;
    this.fields = response.getHeaders();
  }

  /** Empty where the answer has no body, as one to HEAD. */
  @Override
  public InputStream getContent() throws IOException {
    var body = response.getEntity();
    return body == null
        ? InputStream.nullInputStream()
        : new FilterInputStream(body.getContent()) {
          @Override
          public void close() throws IOException {
            try (response) {
              super.close();
            }
          }
        };
  }

  @Override
  public int getStatusCode() {
    return response.getCode();
  }

  @Override
  public int getHeaderCount() {
    return fields.length;
  }

  @Override
  public String getHeaderName(int index) {
    return fields[index].getName();
  }

  @Override
  public String getHeaderValue(int index) {
    var value = fields[index].getValue();
    return value == null ? "" : value;
  }

  @Override
  public long getContentLength() {
    return response.getEntity() == null ? -1 : response.getEntity().getContentLength();
  }

  @Override
  public @Nullable String getContentEncoding() {
    return response.getEntity() == null ? null : response.getEntity().getContentEncoding();
  }

  @Override
  public @Nullable String getContentType() {
    return response.getEntity() == null ? null : response.getEntity().getContentType();
  }

  @Override
  public String getStatusLine() {
    return new StatusLine(response).toString();
  }

  @Override
  public @Nullable String getReasonPhrase() {
    return response.getReasonPhrase();
  }
}
