package io.github.tugoci.net;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proxy settings, by the rules of curl and Go: {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code
 * NO_PROXY} in either case, with user and password in the URL. Loopback hosts are never proxied.
 */
public final class ProxySettings {
  /** Everything is asked directly. */
  public static final ProxySettings NONE = new ProxySettings(null, null, List.of());

  private final @Nullable URI https;
  private final @Nullable URI http;
  private final List<NoProxyRule> exceptions;

  private ProxySettings(@Nullable URI https, @Nullable URI http, List<NoProxyRule> exceptions) {
    this.https = https;
    this.http = http;
    this.exceptions = exceptions;
  }

  /**
   * Reads the variables of an environment.
   *
   * @throws IllegalArgumentException if a proxy's URL is malformed, or is neither http nor https
   */
  public static ProxySettings of(Map<String, String> environment) {
    return new ProxySettings(
        proxy("HTTPS_PROXY", environment),
        proxy("HTTP_PROXY", environment),
        Arrays.stream(value("NO_PROXY", environment).split("[,\\s]+", -1))
            .filter(rule -> !rule.isEmpty())
            .map(NoProxyRule::parse)
            .toList());
  }

  private static String value(String name, Map<String, String> environment) {
    var lower = environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    return (lower.isEmpty() ? environment.getOrDefault(name, "") : lower).strip();
  }

  private static @Nullable URI proxy(String name, Map<String, String> environment) {
    var value = value(name, environment);
    if (value.isEmpty()) {
      return null;
    }
    URI uri;
    try {
      uri = URI.create(value.contains("://") ? value : "http://" + value);
    } catch (IllegalArgumentException e) {
      // The value is not quoted: it may hold a password.
      throw new IllegalArgumentException("invalid " + name + ": not a URL; write http://HOST:PORT");
    }
    if (uri.getHost() == null || !Origin.of(uri).isHttp()) {
      throw new IllegalArgumentException(
          name + " names no http or https proxy; write http://HOST:PORT");
    }
    return uri;
  }

  /** The proxy for a request, with its user and password if it has them. */
  public Optional<URI> find(Origin target) {
    var proxy = target.isSecure() ? https : http;
    if (proxy == null || NoProxyRule.isLoopback(target.host())) {
      return Optional.empty();
    }
    boolean direct = exceptions.stream().anyMatch(rule -> rule.matches(target));
    return direct ? Optional.empty() : Optional.of(proxy);
  }

  /** All proxies, for their credentials. */
  public List<URI> all() {
    return Stream.of(Optional.ofNullable(https), Optional.ofNullable(http))
        .flatMap(Optional::stream)
        .toList();
  }
}
