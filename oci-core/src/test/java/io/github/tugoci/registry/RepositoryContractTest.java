package io.github.tugoci.registry;

import io.github.tugoci.content.ContentStoreContract;
import io.github.tugoci.embedded.EmbeddedRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A repository does what stores do. */
class RepositoryContractTest implements ContentStoreContract<Repository> {
  private final RegistryClient client = RegistryClient.anonymous();
  private EmbeddedRegistry registry;

  @BeforeEach
  void start() throws Exception {
    registry = EmbeddedRegistry.start();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    registry.close();
  }

  @Override
  public Repository store() {
    return client.repository(registry.host() + "/acme/web");
  }
}
