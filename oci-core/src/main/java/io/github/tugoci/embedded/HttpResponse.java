package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.tugoci.model.Bytes;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An answer: status, headers, and a body of known length. */
final class HttpResponse {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
  private static final Content EMPTY = new Content.InMemory(Bytes.of(new byte[0]));

  private final int status;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private Content body = EMPTY;
  private long offset;
  private long length;

  private HttpResponse(int status) {
    this.status = status;
  }

  static HttpResponse status(int status) {
    return new HttpResponse(status);
  }

  /** Sets a header; what came from a client must not break out of its line. */
  HttpResponse header(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
        throw new IllegalArgumentException("not a header's value: " + name);
      }
    }
    headers.put(name, value);
    return this;
  }

  HttpResponse body(String type, byte[] bytes) {
    return body(type, new Content.InMemory(Bytes.of(bytes)));
  }

  HttpResponse body(String type, Content content) {
    return body(type, content, 0, content.size());
  }

  /** A part of some content as the body. */
  HttpResponse body(String type, Content content, long from, long count) {
    header("Content-Type", type);
    body = content;
    offset = from;
    length = count;
    return this;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return Collections.unmodifiableMap(headers);
  }

  Content body() {
    return body;
  }

  long offset() {
    return offset;
  }

  /** The body's length, which an answer to HEAD tells too. */
  long length() {
    return length;
  }

  /** The status line and the headers, with the empty line after them. */
  byte[] head(boolean keepAlive) {
    var head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason()).append("\r\n");
    head.append("Date: ").append(DATE.format(ZonedDateTime.now(ZoneOffset.UTC))).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (status != 204 && status != 304) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    head.append(keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
    return head.toString().getBytes(ISO_8859_1);
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 206 -> "Partial Content";
      case 304 -> "Not Modified";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 416 -> "Range Not Satisfiable";
      case 417 -> "Expectation Failed";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 505 -> "HTTP Version Not Supported";
      default -> "";
    };
  }
}
