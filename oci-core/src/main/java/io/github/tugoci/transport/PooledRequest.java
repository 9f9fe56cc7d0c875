package io.github.tugoci.transport;

import com.google.api.client.http.HttpContent;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** One request on a connection of httpclient5's pool. */
final class PooledRequest extends LowLevelHttpRequest {
  private final HttpClient connections;
  private final HttpUriRequestBase request;

  PooledRequest(HttpClient connections, String method, URI uri) {
    this.connections = connections;
    this.request = new HttpUriRequestBase(method, uri);
  }

  @Override
  public void addHeader(String name, String value) {
    request.addHeader(name, value);
  }

  /** How long to wait for a connection, and for the answer, in milliseconds. */
  @Override
  public void setTimeout(int connect, int read) {
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(connect, TimeUnit.MILLISECONDS)
            .setResponseTimeout(read, TimeUnit.MILLISECONDS)
            .build());
  }

  @Override
  public LowLevelHttpResponse execute() throws IOException {
    if (getStreamingContent() != null) {
      request.setEntity(new Body());
    }
    return new PooledResponse(connections.executeOpen(null, request, null));
  }

  private final class Body extends AbstractHttpEntity {
    Body() {
      super(PooledRequest.this.getContentType(), null);
    }

    @Override
    public long getContentLength() {
      return PooledRequest.this.getContentLength();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      // The interface that it is given by is deprecated.
      ((HttpContent) getStreamingContent()).writeTo(out);
    }

    @Override
    public boolean isStreaming() {
      return true;
    }

    @Override
    public boolean isRepeatable() {
      return true;
    }

    @Override
    public InputStream getContent() {
      throw new UnsupportedOperationException("a body is written, not read");
    }

    @Override
    public void close() {}
  }
}
