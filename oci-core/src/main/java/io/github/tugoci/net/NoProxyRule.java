package io.github.tugoci.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of NO_PROXY, as Go's httpproxy reads it: {@code *}, a host with all below it, {@code
 * .domain} for what is below it only, an address, or a network in CIDR form; the first ones with a
 * port if need be.
 */
record NoProxyRule(String host, int port, @Nullable String network, int prefix) {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]+(?:\\.[0-9]+){3}|[0-9a-f]*:[0-9a-f:.]*");

  static NoProxyRule parse(String text) {
    var rule = text.toLowerCase(Locale.ROOT);
    int slash = rule.indexOf('/');
    if (slash > 0 && rule.substring(slash + 1).matches("[0-9]{1,3}")) {
      return new NoProxyRule(
          "", -1, bare(rule.substring(0, slash)), Integer.parseInt(rule.substring(slash + 1)));
    }
    int port = -1;
    int colon = rule.lastIndexOf(':');
    boolean hasPort = colon > rule.lastIndexOf(']') && rule.indexOf(':') == colon;
    if (hasPort && rule.substring(colon + 1).matches("[0-9]{1,5}")) {
      port = Integer.parseInt(rule.substring(colon + 1));
      rule = rule.substring(0, colon);
    }
    return new NoProxyRule(bare(rule.startsWith("*.") ? rule.substring(1) : rule), port, null, 0);
  }

  static boolean isLoopback(String host) {
    var address = literal(bare(host));
    return host.equals("localhost") || (address != null && address.isLoopbackAddress());
  }

  boolean matches(Origin target) {
    var asked = bare(target.host());
    if (network != null) {
      return inNetwork(network, asked);
    }
    if (port >= 0 && port != target.port()) {
      return false;
    }
    return host.equals("*")
        || (host.startsWith(".")
            ? asked.endsWith(host)
            : asked.equals(host) || asked.endsWith("." + host));
  }

  private boolean inNetwork(String base, String asked) {
    var left = literal(base);
    var right = literal(asked);
    if (left == null || right == null) {
      return false;
    }
    int bits = left.getAddress().length * 8;
    if (bits != right.getAddress().length * 8 || prefix > bits) {
      return false;
    }
    return number(left).shiftRight(bits - prefix).equals(number(right).shiftRight(bits - prefix));
  }

  private static BigInteger number(InetAddress address) {
    return new BigInteger(1, address.getAddress());
  }

  /** An address that is written as one; a name isn't looked up. */
  private static @Nullable InetAddress literal(String host) {
    try {
      return ADDRESS.matcher(host).matches() ? InetAddress.getByName(host) : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
