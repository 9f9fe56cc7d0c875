package io.github.tugoci.fault;

import io.github.tugoci.fixture.Exchange;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Exchanges at which something can go wrong: by method, target, and the bytes that move. */
@SuppressWarnings("ImmutableEnumChecker") // the predicates have no state
enum When {
  ALL(".*", ".*", e -> true),
  TOKEN("GET", "/token.*", e -> true),
  NOT_TOKEN(".*", "(?!/token).*", e -> e.status() / 100 == 2),
  BODY_UP("P.*", ".*", e -> e.requestBytes() > 600),
  BODY_DOWN("GET", ".*", e -> e.responseBytes() > 100),
  BLOB_GET("GET", ".*/blobs/.*", e -> e.status() == 200),
  MANIFEST_GET("GET", ".*/manifests/.*", e -> e.status() == 200),
  READ("GET|HEAD", ".*/(blobs|manifests)/.*", e -> e.status() == 200),
  WRITE("PUT", ".*", e -> true),
  MANIFEST_PUT("PUT", ".*/manifests/.*", e -> true),
  UPLOAD("POST", ".*/uploads/.*", e -> true),
  UPLOAD_PUT("PUT", ".*/uploads/.*", e -> true),
  /** Fewer, as each costs the client's patience; more than the buffers of a connection hold. */
  STALL_UP("P.*", ".*", e -> e.requestBytes() > 1 << 20),
  STALL_DOWN("GET", ".*/blobs/.*", e -> e.responseBytes() > 50_000 || e.target().contains("shop"));

  private final Pattern method;
  private final Pattern target;
  private final Predicate<Exchange> bytes;

  When(String method, String target, Predicate<Exchange> bytes) {
    this.method = Pattern.compile(method);
    this.target = Pattern.compile(target);
    this.bytes = bytes;
  }

  /** Whether an exchange is one that was seen without faults. */
  boolean matches(Exchange seen) {
    return mayMatch(seen.method(), seen.target()) && bytes.test(seen);
  }

  /** Whether an exchange can be one, of which only the request's beginning is known. */
  boolean mayMatch(String requestMethod, String requestTarget) {
    return method.matcher(requestMethod).matches() && target.matcher(requestTarget).matches();
  }
}
