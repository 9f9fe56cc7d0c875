package io.github.tugoci.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.net.Headers;
import io.github.tugoci.net.TransportOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that comes in while it is watched is what the server sent. */
class WatchedBodyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Longer than an answer's head may take then. */
  private static final long LONG = 1700;

  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final HttpExecutor impatient =
      new HttpExecutor(
          TransportOptions.builder().readTimeout(PATIENCE).minBytesPerSecond(0).build());
  private final ToldServer server;

  WatchedBodyTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    connections.close();
    impatient.close();
    server.close();
  }

  private Response get(String body) throws IOException {
    server.answer("/x", 200, body);
    var uri = URI.create("http://" + server.host() + "/x");
    return connections.exchange("GET", uri, Headers.EMPTY, null, null);
  }

  @Test
  void itIsReadByteForByte() throws Exception {
    try (var response = get("é!")) {
      var body = response.body();
      assertThat(body.read()).isEqualTo(0xc3);
      assertThat(body.read()).isEqualTo(0xa9);
      assertThat(body.read()).isEqualTo('!');
      assertThat(body.read()).isEqualTo(-1);
    }
  }

  @Test
  void itIsSkippedByReading() throws Exception {
    try (var response = get("0123456789")) {
      var body = response.body();
      assertThat(body.skip(-1)).isZero();
      assertThat(body.skip(0)).isZero();
      assertThat(body.skip(3)).isEqualTo(3);
      assertThat(body.readAllBytes()).asString(US_ASCII).isEqualTo("3456789");
      assertThat(body.skip(3)).isZero();
    }
  }

  @Test
  void itIsWatchedUntilItsEndOrUntilItIsClosed() throws Exception {
    try (var response = get("some")) {
      assertThat(response.body().readNBytes(4)).hasSize(4);
      assertThat(connections.size()).isEqualTo(1);
      assertThat(response.body().read()).isEqualTo(-1);
      assertThat(connections.size()).isZero();
    }
    var half = get("some");
    half.close();
    assertThat(connections.size()).isZero();
  }

  /** A thread that a daemon starts would be one in any case. */
  @Test
  void whoeverWatchesKeepsNoProgramAlive() throws Exception {
    var open = new FutureTask<>(() -> get("some"));
    var thread = new Thread(open);
    thread.setDaemon(false);
    thread.start();
    try (var response = open.get()) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(each -> each.getName().equals("tug-stall-watch"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  private Response impatiently(String method, @Nullable Blob body) throws IOException {
    var uri = URI.create("http://" + server.host() + "/x");
    return impatient.exchange(method, uri, Headers.EMPTY, body, MediaType.JSON);
  }

  /** The caller's time is the caller's: only what the network takes is watched. */
  @Test
  void aSlowReaderIsNotCut() throws Exception {
    int large = 1 << 20;
    server.answer("/x", 200, "x".repeat(large));
    try (var response = impatiently("GET", null)) {
      Thread.sleep(LONG);
      assertThat(response.body().readAllBytes()).hasSize(large);
    }
  }

  @Test
  void aSlowSourceIsNotCut() throws Exception {
    server.answer("/x", 201, "");
    try (var response = impatiently("PUT", Blob.of(3, WatchedBodyTest::slowly))) {
      assertThat(response.status()).isEqualTo(201);
    }
  }

  private static InputStream slowly() throws IOException {
    try {
      Thread.sleep(LONG);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    return new ByteArrayInputStream(new byte[3]);
  }

  @ParameterizedTest
  @CsvSource({
    "PT1S, PT0.25S",
    "PT5S, PT1.25S",
    "PT7.000000003S, PT1.75S",
    "PT0.000000008S, PT0.000000002S",
    "PT60S, PT15S",
    "PT0S, PT0S"
  })
  void aTrickleIsAQuarter(Duration time, Duration quarter) {
    assertThat(StallWatch.quarter(time)).isEqualTo(quarter);
  }
}
