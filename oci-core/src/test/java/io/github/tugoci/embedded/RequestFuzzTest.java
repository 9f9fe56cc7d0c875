package io.github.tugoci.embedded;

import io.github.tugoci.fixture.Fuzz;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What clients may send to the embedded registry. */
class RequestFuzzTest {
  @Test
  void requests() throws Exception {
    Fuzz.of("request")
        .may(IOException.class)
        .may(HttpError.class)
        .seeds(
            "GET /v2/a/tags/list?n=1 HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n",
            "PUT /v2/ HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
            "POST /v2/%61/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n")
        .run(
            bytes -> {
              var reader =
                  new RequestReader(
                      new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
              for (int i = 0; i < 100; i++) {
                var request = reader.read();
                if (request == null) {
                  return;
                }
                request.body().transferTo(OutputStream.nullOutputStream());
              }
            });
  }
}
