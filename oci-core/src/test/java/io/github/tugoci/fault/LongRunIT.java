package io.github.tugoci.fault;

import io.github.tugoci.fixture.DockerRegistry;
import io.github.tugoci.fixture.TokenServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The {@link LongRun} over distribution v3, which has no referrers API. */
@Timeout(36_000)
class LongRunIT {
  @TempDir private Path folder;

  @Test
  void nothingGoesWrongAndNothingGrows() throws Exception {
    try (var tokens =
            TokenServer.start()
                .user(DockerRegistry.USER, DockerRegistry.PASSWORD, ".*", "pull", "push");
        var registry = DockerRegistry.builder().distribution().tokenAuth(tokens).build().start();
        var scene = new Scene(folder, registry.uri(), () -> {})) {
      new LongRun(scene).run();
    }
  }
}
