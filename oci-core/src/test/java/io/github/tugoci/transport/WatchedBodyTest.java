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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A body that comes in while it is watched is what the server sent. */
class WatchedBodyTest {
  private final HttpExecutor connections = new HttpExecutor(TransportOptions.defaults());
  private final ToldServer server;

  WatchedBodyTest() throws IOException {
    server = new ToldServer();
  }

  @AfterEach
  void close() {
    connections.close();
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
    half.body().close();
    assertThat(connections.size()).isZero();
  }

  @Test
  void whoeverWatchesKeepsNoProgramAlive() throws Exception {
    try (var response = get("some")) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().equals("tug-stall-watch"))
          .isNotEmpty()
          .allMatch(Thread::isDaemon);
    }
  }

  /** The caller's time is the caller's: only what the network takes is watched. */
  @Test
  void aSlowReaderAndASlowSourceAreNotCut() throws Exception {
    server.answer("/y", 201, "");
    var impatient =
        TransportOptions.builder().readTimeout(Duration.ofMillis(100)).minBytesPerSecond(0).build();
    try (var quick = new HttpExecutor(impatient)) {
      server.answer("/x", 200, "some");
      var host = "http://" + server.host();
      try (var response =
          quick.exchange("GET", URI.create(host + "/x"), Headers.EMPTY, null, null)) {
        Thread.sleep(500);
        assertThat(response.body().readAllBytes()).hasSize(4);
      }
      var source = Blob.of(3, WatchedBodyTest::slowly);
      try (var response =
          quick.exchange("PUT", URI.create(host + "/y"), Headers.EMPTY, source, MediaType.JSON)) {
        assertThat(response.status()).isEqualTo(201);
      }
    }
  }

  private static InputStream slowly() throws IOException {
    try {
      Thread.sleep(500);
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
