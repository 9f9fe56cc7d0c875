package io.github.tugoci.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a proxy answered instead of letting a request through (RFC 9110, section 9.3.6). */
final class ProxyRefusal extends IOException {
  /** Proxy Authentication Required, which only proxies answer. */
  static final int LOGIN = 407;

  private static final long serialVersionUID = 1L;

  private final int status;

  ProxyRefusal(int status, @Nullable String reason) {
    super(("the proxy answered " + status + " " + (reason == null ? "" : reason)).strip());
    this.status = status;
  }

  int status() {
    return status;
  }
}
