package io.github.tugoci.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads the heads of requests (RFC 9112). What two readers could understand differently is refused:
 * two lengths, a length beside chunks, folded lines.
 */
final class RequestReader {
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEAD = 64 * 1024;
  private static final Pattern REQUEST_LINE =
      Pattern.compile("([A-Z]{1,20}) (?:https?://[^/?# ]+)?(/[!-~]*) HTTP/(\\d)\\.(\\d)");
  private static final Pattern HEADER =
      Pattern.compile(
          "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\\x00-\\x08\\x0a-\\x1f\\x7f]*?)[ \t]*");
  private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");

  private final InputStream in;
  private final OutputStream out;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Reads the next request's head.
   *
   * @throws HttpError if it breaks the grammar: the connection can't be used any longer
   */
  HttpRequest read() throws IOException, HttpError {
    var line = requestLine();
    var target = line.group(2);
    boolean http11 = line.group(4).equals("1");
    var headers = headers();
    var body = body(headers, http11);
    try {
      return HttpRequest.of(line.group(1), target, headers, body, keepAlive(headers, http11));
    } catch (IllegalArgumentException e) {
      throw malformed("the request's target has a malformed escape");
    }
  }

  private java.util.regex.MatchResult requestLine() throws IOException, HttpError {
    String text;
    try {
      text = HttpLineReader.read(in, MAX_LINE);
      if (text.isEmpty()) {
        text = HttpLineReader.read(in, MAX_LINE);
      }
    } catch (HttpLineReader.TooLongException e) {
      throw new HttpError(414, ErrorCode.UNSUPPORTED, "the request's target is too long");
    }
    var line = REQUEST_LINE.matcher(text);
    if (!line.matches()) {
      throw malformed("malformed request line");
    }
    if (!line.group(3).equals("1")) {
      throw new HttpError(
          505, ErrorCode.UNSUPPORTED, "unsupported HTTP version: expected HTTP/1.1");
    }
    return line.toMatchResult();
  }

  private Map<String, List<String>> headers() throws IOException, HttpError {
    var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    int size = 0;
    int count = 0;
    try {
      for (var text = HttpLineReader.read(in, MAX_LINE);
          !text.isEmpty();
          text = HttpLineReader.read(in, MAX_LINE)) {
        size += text.length();
        if (++count > MAX_HEADERS || size > MAX_HEAD) {
          throw new HttpLineReader.TooLongException();
        }
        var header = HEADER.matcher(text);
        if (!header.matches()) {
          throw malformed("the request has a malformed header");
        }
        headers.computeIfAbsent(header.group(1), name -> new ArrayList<>()).add(header.group(2));
      }
    } catch (HttpLineReader.TooLongException e) {
      throw new HttpError(431, ErrorCode.UNSUPPORTED, "the request's headers are too long");
    }
    for (var single : List.of("Host", "Content-Length", "Transfer-Encoding", "Authorization")) {
      if (headers.getOrDefault(single, List.of()).size() > 1) {
        throw malformed("the request has two headers " + single);
      }
    }
    return headers;
  }

  private RequestBody body(Map<String, List<String>> headers, boolean http11) throws HttpError {
    checkFraming(headers, http11);
    var length = headers.get("Content-Length");
    var body =
        headers.containsKey("Transfer-Encoding")
            ? RequestBody.inChunks(in)
            : RequestBody.ofLength(in, length == null ? 0 : Long.parseLong(length.get(0)));
    var expect = headers.getOrDefault("Expect", List.of());
    if (!expect.stream().allMatch("100-continue"::equalsIgnoreCase)) {
      throw new HttpError(417, ErrorCode.UNSUPPORTED, "unsupported Expect: expected 100-continue");
    }
    if (!expect.isEmpty() && http11) {
      body.expectContinue(out);
    }
    return body;
  }

  /**
   * Refuses what two servers could read as different requests (RFC 9112, section 6.3): a body with
   * both a length and chunks, or a length that isn't a number.
   */
  private static void checkFraming(Map<String, List<String>> headers, boolean http11)
      throws HttpError {
    if (http11 && !headers.containsKey("Host")) {
      throw malformed("missing Host header");
    }
    var length = headers.get("Content-Length");
    var encoding = headers.get("Transfer-Encoding");
    if (encoding != null && (length != null || !http11)) {
      throw malformed("Transfer-Encoding beside Content-Length, or in HTTP/1.0");
    }
    if (encoding != null && !encoding.get(0).equalsIgnoreCase("chunked")) {
      throw new HttpError(
          501, ErrorCode.UNSUPPORTED, "unsupported Transfer-Encoding: expected chunked");
    }
    if (length != null && !LENGTH.matcher(length.get(0)).matches()) {
      throw malformed("invalid Content-Length: not a number");
    }
  }

  private static boolean keepAlive(Map<String, List<String>> headers, boolean http11) {
    var options =
        headers.getOrDefault("Connection", List.of()).stream()
            .flatMap(Pattern.compile("[ \t]*,[ \t]*")::splitAsStream)
            .toList();
    return options.stream().noneMatch("close"::equalsIgnoreCase)
        && (http11 || options.stream().anyMatch("keep-alive"::equalsIgnoreCase));
  }

  private static HttpError malformed(String message) {
    return new HttpError(400, ErrorCode.UNSUPPORTED, message);
  }
}
