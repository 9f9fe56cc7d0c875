package io.github.tugoci.transport;

import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.net.Origin;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * Decides whether a token server that a registry names may be asked. A hostile registry could name
 * one that reads along, or a service of the network that we are in.
 */
final class TokenRealmPolicy {
  private TokenRealmPolicy() {}

  /**
   * Checks a realm.
   *
   * @param realm the realm as the registry wrote it; it may be a path on the registry
   * @throws AuthenticationException if it may not be asked
   */
  static URI check(Origin registry, String realm) throws AuthenticationException {
    URI uri;
    if (!realm.startsWith("/") && !realm.contains(":")) {
      throw refuse(registry, realm, "which is not a URL");
    }
    try {
      uri = UrlReference.resolve(registry.resolve("/"), realm);
    } catch (IllegalArgumentException e) {
      throw refuse(registry, realm, "which is not a URL");
    }
    var origin = Origin.of(uri);
    if (!origin.isHttp() || uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw refuse(registry, realm, "which is not an http URL");
    }
    if (registry.isSecure() && !origin.isSecure()) {
      throw refuse(registry, realm, "which is not encrypted");
    }
    if (!origin.host().equals(registry.host())
        && isInside(origin.host())
        && !isInside(registry.host())) {
      throw refuse(registry, realm, "which is in a private network");
    }
    return uri;
  }

  private static AuthenticationException refuse(Origin registry, String realm, String why) {
    return new AuthenticationException(
        "%s sends for a token to %s, %s; refused"
            .formatted(registry, ErrorResponses.sanitize(realm.split("\\?", 2)[0]), why));
  }

  /** Whether a host is on this machine or in a network that only machines near it reach. */
  private static boolean isInside(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host)).anyMatch(TokenRealmPolicy::isInside);
    } catch (UnknownHostException e) {
      // Behind a proxy names may not be known here; the request will tell.
      return false;
    }
  }

  private static boolean isInside(InetAddress address) {
    boolean uniqueLocal =
        address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || uniqueLocal;
  }
}
