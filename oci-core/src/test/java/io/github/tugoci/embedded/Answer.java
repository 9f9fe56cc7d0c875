package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a registry answered.
 *
 * @param request the request, for messages
 * @param status the status
 * @param headers the headers
 * @param body the body
 */
record Answer(String request, int status, HttpHeaders headers, Bytes body) {
  private static final Pattern NEXT = Pattern.compile("<(.+)>; rel=\"next\"");

  /** Fails the test unless the status is this one. */
  Answer expect(int expected) {
    assertThat(status).as("%s, which answered: %s", request, text()).isEqualTo(expected);
    return this;
  }

  /** Fails the test unless this is an error of the spec's form with these codes. */
  Answer expectError(int expected, String... codes) throws IOException {
    expect(expected);
    assertThat(header("Content-Type")).isEqualTo("application/json");
    assertThat(json().objects("errors"))
        .as("%s, which answered: %s", request, text())
        .extracting(error -> error.requiredString("code"))
        .containsExactly(codes);
    for (var error : json().objects("errors")) {
      assertThat(error.requiredString("message")).isNotEmpty();
    }
    return this;
  }

  /** A header's value; empty if there is none. */
  String header(String name) {
    return String.join(", ", headers.allValues(name));
  }

  /** Where the next page is; empty if this is the last one. */
  String next() {
    var link = NEXT.matcher(header("Link"));
    return link.matches() ? link.group(1) : "";
  }

  String text() {
    return new String(body.toArray(), UTF_8);
  }

  JsonObject json() throws IOException {
    return Json.parseObject(body.toArray(), request);
  }

  /** The strings of an array in the body. */
  List<String> list(String member) throws IOException {
    return json().strings(member);
  }
}
