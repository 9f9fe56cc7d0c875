package io.github.tugoci.error;

import io.github.tugoci.text.SentSecrets;
import java.io.Serializable;
import java.net.URI;

/**
 * A request without secrets, for messages: its method and its URL without user, query and fragment,
 * which can hold secrets (signatures, upload states).
 *
 * @param method the HTTP method
 * @param url the URL, redacted
 */
public record RequestLine(String method, String url) implements Serializable {
  /** Without secrets that a server has put into the path. */
  public RequestLine {
    url = SentSecrets.hide(url);
  }

  /** The line for a request, redacted. */
  public static RequestLine of(String method, URI uri) {
    var port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    var query = uri.getRawQuery() == null ? "" : "?…";
    return new RequestLine(
        method, uri.getScheme() + "://" + uri.getHost() + port + uri.getRawPath() + query);
  }

  /** {@code METHOD URL}. */
  @Override
  public String toString() {
    return method + " " + url;
  }
}
