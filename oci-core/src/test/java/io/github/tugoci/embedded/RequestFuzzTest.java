package io.github.tugoci.embedded;

import io.github.tugoci.fixture.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What clients may send to the embedded registry. */
class RequestFuzzTest {
  private static final String CHUNKED =
      """
      POST /v2/%61/ HTTP/1.1
      Host: h
      Transfer-Encoding: chunked

      3;x=y
      abc
      0
      T: u

      """;

  @Test
  void requests() throws Exception {
    Fuzz.of("request")
        .may(IOException.class)
        .may(HttpError.class)
        .seeds(
            "GET /v2/%61/tags/list?n=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
            "PUT /v2/ HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
            CHUNKED.replace("\n", "\r\n"))
        .run(
            bytes -> {
              var in = new ByteArrayInputStream(bytes);
              var reader = new RequestReader(in, OutputStream.nullOutputStream());
              do {
                reader.read().body().transferTo(OutputStream.nullOutputStream());
              } while (in.available() > 0);
            });
  }
}
