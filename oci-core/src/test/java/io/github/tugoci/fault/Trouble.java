package io.github.tugoci.fault;

import static io.github.tugoci.fault.When.ALL;
import static io.github.tugoci.fault.When.BLOB_GET;
import static io.github.tugoci.fault.When.BODY_DOWN;
import static io.github.tugoci.fault.When.BODY_UP;
import static io.github.tugoci.fault.When.MANIFEST_GET;
import static io.github.tugoci.fault.When.MANIFEST_PUT;
import static io.github.tugoci.fault.When.NOT_TOKEN;
import static io.github.tugoci.fault.When.READ;
import static io.github.tugoci.fault.When.TOKEN;
import static io.github.tugoci.fault.When.UPLOAD;
import static io.github.tugoci.fault.When.UPLOAD_PUT;
import static io.github.tugoci.fault.When.WRITE;

import io.github.tugoci.fixture.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the matrix: what goes wrong, at which exchanges, and what comes of it if it does
 * so once and if it does so each time. {@code ok}: the operation ends well. Else the exception;
 * {@code |} separates what may be, where it depends on the exchange.
 */
@SuppressWarnings("ImmutableEnumChecker") // faults are values
enum Trouble {
  // title, where, what happens, once, always
  REFUSED("connection refused", ALL, new Fault.DropRequest(), "", "Network"),
  RESET_UP_0("reset before the request's body", ALL, new Fault.ResetRequest(0), "ok", "Network"),
  RESET_UP("reset in the request's body", BODY_UP, new Fault.ResetRequest(500), "ok", "Network"),
  RESET_DOWN("reset in the answer's body", BODY_DOWN, new Fault.ResetResponse(60), "ok", "Network"),
  CUT_DOWN("answer's body ends early", BODY_DOWN, new Fault.CutResponse(60), "ok", "Network"),
  CUT_HEAD("answer's head ends early", ALL, new Fault.CutHead(), "ok", "Network"),
  CLOSE("closed without an answer", ALL, new Fault.DropRequest(), "ok", "Network"),
  LOST("answer lost, request done", ALL, new Fault.LoseResponse(), "ok", "Network"),
  SLOW("first byte late", ALL, new Fault.DelayResponse(20), "ok", "ok"),
  STALL_DOWN("stalls in the answer's body", When.STALL_DOWN, hold(60), "ok", "Network"),
  STALL_UP("server stops reading", When.STALL_UP, new Fault.StopReading(500), "ok", "Network"),
  LONGER("blob too long", BLOB_GET, new Fault.LongerResponse(100), "Content", "Content"),
  CORRUPT("blob damaged", BLOB_GET, new Fault.CorruptResponse(70), "Content", "Content"),
  ENDLESS_BLOB("blob without end", BLOB_GET, endless(200), "Content", "Content"),
  CORRUPT_MANIFEST(
      "manifest damaged", MANIFEST_GET, new Fault.CorruptResponse(70), "Content", "Content"),
  ENDLESS_MANIFEST("manifest without end", MANIFEST_GET, endless(200), "Content", "Content"),
  ENDLESS_ERROR("500 without end", ALL, endless(500), "ok", "Registry 500"),
  S408("408", ALL, new Fault.Answer(408), "ok", "Registry 408"),
  S429("429, Retry-After in seconds", ALL, later(429, "7"), "ok", "Registry 429"),
  S429_DATE(
      "429, Retry-After a date",
      ALL,
      later(429, "Wed, 21 Oct 2015 07:28:00 GMT"),
      "ok",
      "Registry 429"),
  S429_GHCR("429, GHCR's text", ALL, ghcr(), "ok", "Registry 429"),
  S429_LONG("429, Retry-After an hour", ALL, later(429, "3600"), "Registry 429", "Registry 429"),
  S500("500", ALL, new Fault.Answer(500), "ok", "Registry 500"),
  S502("502", ALL, new Fault.Answer(502), "ok", "Registry 502"),
  S503("503", ALL, later(503, "1"), "ok", "Registry 503"),
  S504("504", ALL, new Fault.Answer(504), "ok", "Registry 504"),
  TOKEN_DOWN("token service down", TOKEN, new Fault.Answer(503), "ok", "Registry 503"),
  TOKEN_HTML("token service answers HTML", TOKEN, html(200), "ok", "Network"),
  TOKEN_ENDLESS("token without end", TOKEN, endless(200), "ok", "Network"),
  EXPIRED("401: token expired", NOT_TOKEN, challenge(), "ok|Authentication", "Authentication"),
  PASSWORD("401: wants a password", NOT_TOKEN, password(), "ok|Authentication", "Authentication"),
  REALM_PLAIN(
      "https: token service without TLS",
      NOT_TOKEN,
      realm("http://127.0.0.1:{port}"),
      "ok|Authentication",
      "Authentication"),
  REDIRECT_RELATIVE("redirected, relative", BLOB_GET, redirect("?again"), "ok", "Registry 307"),
  REDIRECT_PORT("redirected to another port", READ, elsewhere("127.0.0.1", ""), "ok", "ok"),
  REDIRECT_HOST("redirected to another host", READ, elsewhere("localhost", ""), "ok", "ok"),
  REDIRECT_WRITE("write redirected to another host", WRITE, elsewhere("localhost", ""), "ok", "ok"),
  REDIRECT_TEN("redirected ten times", READ, elsewhere("localhost", "?hops=9"), "ok", "ok"),
  REDIRECT_ELEVEN(
      "redirected eleven times",
      READ,
      elsewhere("localhost", "?hops=10"),
      "ok|Registry 307",
      "Registry 307"),
  REDIRECT_LOGIN(
      "redirected to a host that wants a login",
      READ,
      elsewhere("localhost", "?login"),
      "Authentication",
      "Authentication"),
  REDIRECT_LOOP("redirected to itself", BLOB_GET, redirect(""), "Registry 307", "Registry 307"),
  REDIRECT_FTP(
      "redirected to another scheme",
      BLOB_GET,
      redirect("ftp://x/"),
      "Registry 307",
      "Registry 307"),
  REDIRECT_PLAIN(
      "https: redirected to http",
      READ,
      elsewhere("127.0.0.1", ""),
      "ok|Registry 307",
      "Registry 307"),
  LOCATION_RELATIVE("upload's Location relative", UPLOAD, location("relative"), "ok", "ok"),
  LOCATION_QUERY("upload's Location with a query", UPLOAD, location("query"), "ok", "ok"),
  LOCATION_PORT("upload's Location on another port", UPLOAD, location("port"), "ok", "ok"),
  LOCATION_HOST("upload's Location on another host", UPLOAD, location("host"), "ok", "ok"),
  LOCATION_LOGIN(
      "upload's Location at a host that wants a login",
      UPLOAD,
      location("login"),
      "ok|Authentication",
      "ok|Authentication"),
  LOCATION_PLAIN(
      "https: upload's Location is http", UPLOAD, location("port"), "ok|Content", "ok|Content"),
  LOCATION_MISSING("upload's Location missing", UPLOAD, location("missing"), "ok", "Content|ok"),
  DIGEST_MISSING("Docker-Content-Digest missing", NOT_TOKEN, digest(null), "ok", "ok"),
  DIGEST_WRONG(
      "Docker-Content-Digest wrong",
      MANIFEST_GET,
      digest("sha256:" + "0".repeat(64)),
      "Content|ok",
      "Content|ok"),
  HTML("HTML instead of JSON", MANIFEST_GET, html(200), "Content", "Content"),
  SESSION_LOST(
      "upload session lost", UPLOAD_PUT, code(404, "BLOB_UPLOAD_UNKNOWN"), "ok", "Network"),
  BLOB_GONE(
      "blob gone at the manifest",
      MANIFEST_PUT,
      code(404, "MANIFEST_BLOB_UNKNOWN"),
      "ok|NotFound",
      "NotFound"),
  NOT_YET(
      "not yet there (404)", MANIFEST_GET, code(404, "MANIFEST_UNKNOWN"), "NotFound", "NotFound");

  private final String title;
  private final When when;
  private final Fault fault;
  private final String once;
  private final String always;

  Trouble(String title, When when, Fault fault, String once, String always) {
    this.title = title;
    this.when = when;
    this.fault = fault;
    this.once = once;
    this.always = always;
  }

  String title() {
    return title;
  }

  /** Whether it differs so little from another that the first and the last exchange are enough. */
  boolean alike() {
    return Set.of(S408, S429_DATE, S500, S502, S504, SLOW, ENDLESS_ERROR, REALM_PLAIN)
        .contains(this);
  }

  /** Where it happens. */
  private Scene.Kind scene() {
    if (this == STALL_UP) {
      return Scene.Kind.LARGE;
    }
    return title.startsWith("https") ? Scene.Kind.ENCRYPTED : Scene.Kind.PLAIN;
  }

  /** All that happen there. */
  static List<Trouble> in(Scene.Kind scene) {
    return Arrays.stream(values()).filter(trouble -> trouble.scene() == scene).toList();
  }

  /** How long a client waits for an answer: only one that stalls isn't worth waiting for. */
  Duration patience() {
    return this == STALL_DOWN || this == STALL_UP ? Duration.ofSeconds(1) : Duration.ofSeconds(30);
  }

  When when() {
    return when;
  }

  Fault fault() {
    return fault;
  }

  String once() {
    return once;
  }

  String always() {
    return always;
  }

  private static Fault hold(long after) {
    return new Fault.HoldResponse(after, new CountDownLatch(1));
  }

  private static Fault later(int status, String time) {
    return new Fault.Answer(status, Map.of("Retry-After", time));
  }

  private static Fault ghcr() {
    return new Fault.Answer(
        429, Map.of("Content-Type", "text/plain"), "retry-after: 716.528µs, allowed: 44000/minute");
  }

  private static Fault html(int status) {
    return new Fault.Answer(
        status, Map.of("Content-Type", "text/html"), "<html><body>Welcome</body></html>");
  }

  private static Fault challenge() {
    return realm("http://{host}");
  }

  private static Fault realm(String server) {
    return new Fault.Answer(
        401,
        Map.of(
            "WWW-Authenticate", "Bearer realm=\"" + server + "/token\",error=\"invalid_token\""));
  }

  private static Fault password() {
    return new Fault.Answer(401, Map.of("WWW-Authenticate", "Basic realm=\"it\""));
  }

  private static Fault endless(int status) {
    return new Fault.Endless(
        status, Map.of("Content-Type", "application/vnd.oci.image.manifest.v1+json"));
  }

  private static Fault redirect(String location) {
    return new Fault.Answer(307, Map.of("Location", location));
  }

  private static Fault elsewhere(String host, String query) {
    return redirect("http://" + host + ":{port}{target}" + query);
  }

  private static Fault code(int status, String code) {
    return new Fault.Answer(
        status,
        Map.of("Content-Type", "application/json"),
        "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"gone\"}]}");
  }

  private static Fault digest(@Nullable String value) {
    return new Fault.RewriteField("docker-content-digest", old -> value);
  }

  private static Fault location(String how) {
    return new Fault.RewriteField(
        "location",
        old -> {
          var path = String.valueOf(old).replaceFirst("^https?://[^/]*", "");
          return switch (how) {
            case "relative" -> path;
            case "query" -> with(String.valueOf(old), "a=b");
            case "port" -> "http://127.0.0.1:{port}" + path;
            case "host" -> "http://localhost:{port}" + path;
            case "login" -> "http://localhost:{port}" + with(path, "login");
            default -> null;
          };
        });
  }

  private static String with(String location, String query) {
    return location + (location.contains("?") ? "&" : "?") + query;
  }
}
