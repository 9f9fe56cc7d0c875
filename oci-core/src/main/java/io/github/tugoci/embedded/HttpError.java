package io.github.tugoci.embedded;

import io.github.tugoci.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error response. */
final class HttpError extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient HttpResponse response;

  private HttpError(HttpResponse response, String message) {
    super(message, null, false, false);
    this.response = response;
  }

  HttpError(int status, ErrorCode code, String message) {
    this(status, code, message, Map.of());
  }

  HttpError(int status, ErrorCode code, String message, Map<String, ?> detail) {
    this(status, List.of(error(code, message, detail)), message);
  }

  /** One answer with several errors. */
  HttpError(int status, List<Map<String, Object>> errors, String message) {
    this(
        HttpResponse.status(status).body("application/json", Json.write(Map.of("errors", errors))),
        message);
  }

  /** An entry of the error body. */
  static Map<String, Object> error(ErrorCode code, String message, Map<String, ?> detail) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code.name());
    error.put("message", message);
    if (!detail.isEmpty()) {
      error.put("detail", detail);
    }
    return error;
  }

  /** The same answer with another header. */
  HttpError with(String header, String value) {
    response.header(header, value);
    return this;
  }

  HttpResponse response() {
    return response;
  }
}
