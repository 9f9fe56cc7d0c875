package io.github.tugoci.fault;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The {@link LongRun} over the embedded registry. */
@Timeout(36_000)
class LongRunTest {
  @TempDir private Path folder;

  @Test
  void nothingGoesWrongAndNothingGrows() throws Exception {
    try (var scene = new Scene(folder, Scene.Kind.PLAIN)) {
      new LongRun(scene).run();
    }
  }
}
