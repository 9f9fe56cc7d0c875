package io.github.tugoci.registry;

import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.ContentStoreContract;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TransportOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A repository does what stores do, whatever its registry keeps and where. */
class RepositoryContractTest {
  @Nested
  class InMemory extends Contract {
    InMemory() throws IOException {
      super(EmbeddedRegistryOptions.builder());
    }
  }

  @Nested
  class InAFolder extends Contract {
    InAFolder(@TempDir Path folder) throws IOException {
      super(EmbeddedRegistryOptions.builder().folder(folder));
    }
  }

  @Nested
  class WithoutReferrers extends Contract {
    WithoutReferrers() throws IOException {
      super(EmbeddedRegistryOptions.builder().withoutReferrers());
    }
  }

  private abstract static class Contract implements ContentStoreContract<Repository> {
    /** A fallback index is looked at again after a multiple of the first pause. */
    private static final RetryPolicy QUICK =
        new RetryPolicy(5, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(5));

    private final RegistryClient client =
        RegistryClient.create(
            TransportOptions.builder().retryPolicy(QUICK).build(), Keychain.ANONYMOUS);
    private final EmbeddedRegistry registry;

    Contract(EmbeddedRegistryOptions.Builder options) throws IOException {
      registry = EmbeddedRegistry.start(options.build());
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
}
