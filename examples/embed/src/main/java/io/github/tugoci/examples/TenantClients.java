package io.github.tugoci.examples;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.registry.RegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client for each tenant of a server, with the tenant's own credential: neither tokens nor
 * connections are shared.
 */
public final class TenantClients implements AutoCloseable {
  private final Map<String, RegistryClient> clients = new ConcurrentHashMap<>();

  /** The client of a tenant; it is made when it is first asked for. */
  public RegistryClient of(String tenant, String host, String user, String password) {
    return clients.computeIfAbsent(
        tenant,
        name -> {
          var credential = new Credential.Password(user, password, "the settings of " + name);
          return RegistryClient.create(TransportOptions.defaults(), Keychain.of(host, credential));
        });
  }

  /** Forgets a tenant: its connections are closed, its tokens are gone. */
  public void remove(String tenant) {
    var client = clients.remove(tenant);
    if (client != null) {
      client.close();
    }
  }

  @Override
  public void close() {
    clients.keySet().forEach(this::remove);
  }
}
