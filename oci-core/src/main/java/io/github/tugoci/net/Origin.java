package io.github.tugoci.net;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An origin: the scheme, host and port that credentials belong to (RFC 6454).
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port always given
 */
public record Origin(String scheme, String host, int port) {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.*\\.localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1\\]");

  /**
   * Where a registry's API is.
   *
   * @param registry {@code HOST[:PORT]}, as references have it; of a server that isn't a registry,
   *     its URL
   * @param plainHttp whether to speak http; null does so with loopback hosts only
   */
  public static Origin of(String registry, @Nullable Boolean plainHttp) {
    if (registry.contains("://")) {
      return of(URI.create(registry));
    }
    var host = registry.replaceFirst(":[0-9]+$", "");
    boolean plain = plainHttp == null ? LOOPBACK.matcher(host).matches() : plainHttp;
    // Docker Hub answers under another name than images have.
    var api =
        registry.equals("docker.io") || registry.equals("index.docker.io")
            ? "registry-1.docker.io"
            : registry;
    return of(URI.create((plain ? "http://" : "https://") + api + "/"));
  }

  /** A URL's origin; the port is the scheme's own if the URL has none. */
  public static Origin of(URI uri) {
    var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT), port);
  }

  /** Whether it is asked by https. */
  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** Whether it can be asked at all. */
  public boolean isHttp() {
    return scheme.equals("https") || scheme.equals("http");
  }

  /** Whether a URL belongs to it. */
  public boolean owns(URI uri) {
    return equals(of(uri));
  }

  /** The URL of a path here. */
  public URI resolve(String path) {
    return URI.create(this + path);
  }

  // By hand: a record's own equals is made while the program runs, see Digest.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && port == origin.port
        && scheme.equals(origin.scheme)
        && host.equals(origin.host);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
  }

  /** {@code SCHEME://HOST[:PORT]}. */
  @Override
  public String toString() {
    boolean usual = port == (isSecure() ? 443 : 80);
    return scheme + "://" + host + (usual ? "" : ":" + port);
  }
}
