package io.github.tugoci.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.BasicEndpointDetails;
import org.apache.hc.core5.http.impl.BasicHttpConnectionMetrics;
import org.apache.hc.core5.http.impl.BasicHttpTransportMetrics;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;

/** Which failures of a kept connection are answered with another connection. */
class StaleRetriesTest {
  private static final long LARGE = 5 << 20;

  private final IOException closed = new NoHttpResponseException("closed");
  private final IOException reset = new SocketException("Connection reset");
  private final StaleConnections stale = new StaleConnections();

  private static HttpRequest request(String method, String server) {
    return new HttpUriRequestBase(method, URI.create(server + "/v2/"));
  }

  private static HttpRequest request(String method) {
    return request(method, "http://host");
  }

  private static HttpRequest put(long length) {
    var request = new HttpUriRequestBase("PUT", URI.create("http://host/v2/"));
    var body = new ByteArrayInputStream(new byte[0]);
    request.setEntity(new InputStreamEntity(body, length, ContentType.WILDCARD));
    return request;
  }

  /** A connection on which so many requests were sent, this one included. */
  private static HttpClientContext connection(int requests) {
    var transport = new BasicHttpTransportMetrics();
    var metrics = new BasicHttpConnectionMetrics(transport, transport);
    for (int i = 0; i < requests; i++) {
      metrics.incrementRequestCount();
    }
    var context = HttpClientContext.create();
    context.setEndpointDetails(new BasicEndpointDetails(null, null, metrics, null));
    return context;
  }

  private boolean retries(HttpRequest request, IOException failure) {
    return stale.retryRequest(request, failure, 1, connection(2));
  }

  private boolean keeps(String server) {
    HttpResponse response = new BasicHttpResponse(204);
    return stale.keepAlive(request("GET", server), response, connection(1));
  }

  @Test
  void aConnectionThatTheServerHasClosedIsReplaced() {
    var overTls = new SSLException("broken", reset);

    assertThat(List.of(closed, reset, overTls)).allMatch(e -> retries(request("GET"), e));
  }

  @Test
  void otherFailuresAreFailures() {
    assertThat(
            List.of(
                new IOException("other"),
                new SocketTimeoutException("silence"),
                new ConnectException("refused"),
                new SocketException("Socket closed"),
                new SSLException("no cause"),
                new SSLException("other", new IOException("other"))))
        .noneMatch(e -> retries(request("GET"), e));
  }

  @Test
  void aConnectionThatWasNewIsNotReplaced() {
    assertThat(stale.retryRequest(request("GET"), closed, 1, connection(1))).isFalse();
    assertThat(stale.retryRequest(request("GET"), closed, 1, HttpClientContext.create())).isFalse();
  }

  @Test
  void thePoolIsUsedUpAtLast() {
    assertThat(stale.retryRequest(request("GET"), closed, 299, connection(2))).isTrue();
    assertThat(stale.retryRequest(request("GET"), closed, 300, connection(2))).isFalse();
  }

  @Test
  void aPatchIsNotSentAgain() {
    assertThat(retries(request("PATCH"), closed)).isFalse();
    assertThat(retries(request("POST"), closed)).isTrue();
  }

  @Test
  void aLargeBodyThatWasReadIsNotSentAgain() {
    assertThat(retries(put(LARGE + 1), closed)).isFalse();
    assertThat(retries(put(LARGE + 1), reset)).as("wasn't read").isTrue();
    assertThat(retries(put(LARGE), closed)).isTrue();
  }

  @Test
  void anAnswerIsNoReasonToTryAgain() {
    HttpResponse answer = new BasicHttpResponse(503);

    assertThat(stale.retryRequest(answer, 1, connection(2))).isFalse();
    assertThat(stale.getRetryInterval(answer, 1, connection(2)))
        .isEqualTo(TimeValue.ZERO_MILLISECONDS);
  }

  @Test
  void noConnectionIsKeptToAServerThatWasCaughtThreeTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(keeps("http://host")).isTrue();
      retries(request(i == 0 ? "PATCH" : "GET"), closed);
    }

    assertThat(keeps("http://host")).isFalse();
    assertThat(keeps("https://host")).isTrue();
    assertThat(keeps("http://host:81")).isTrue();
  }

  @Test
  void aConnectionThatTheServerWantsClosedIsNotKept() {
    HttpResponse response = new BasicHttpResponse(204);
    response.addHeader("Connection", "close");

    assertThat(stale.keepAlive(request("GET"), response, connection(1))).isFalse();
  }
}
