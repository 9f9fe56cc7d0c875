package io.github.tugoci.net;

import java.net.URI;
import java.util.Set;

/**
 * A policy on which token servers may get a registry's credential. By Docker's protocol a registry
 * names its token server, on any host; the password is sent there. What could be an attack, such as
 * a server in a private network named by one outside, is refused before this is asked.
 */
@FunctionalInterface
public interface RealmPolicy {
  /** Every token server that a registry names, as Docker has it. */
  RealmPolicy ANY = (registry, realm) -> true;

  /** Token servers on the registry's own host, by any port. */
  RealmPolicy SAME_HOST =
      (registry, realm) -> Origin.of(registry, null).host().equals(Origin.of(realm).host());

  /**
   * Whether a token server may be asked.
   *
   * @param registry the registry, {@code HOST[:PORT]}
   * @param realm the token server's URL
   */
  boolean allows(String registry, URI realm);

  /** Token servers on the registry's own host or on one of these. */
  static RealmPolicy hosts(Set<String> hosts) {
    var allowed = Set.copyOf(hosts);
    return (registry, realm) ->
        SAME_HOST.allows(registry, realm) || allowed.contains(Origin.of(realm).host());
  }
}
