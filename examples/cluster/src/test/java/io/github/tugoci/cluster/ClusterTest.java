package io.github.tugoci.cluster;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests in one cluster, each with a scene of its own. */
abstract class ClusterTest {
  private static @Nullable TestCluster cluster;

  @SuppressWarnings("NullAway.Init") // by JUnit
  @TempDir
  Path folder;

  private @Nullable Scene scene;

  @BeforeAll
  static void startCluster(@TempDir Path data) throws Exception {
    var bin = System.getProperty("cluster.bin", "");
    assumeFalse(bin.isEmpty(), "no -Dcluster.bin: see examples/cluster/README.md");
    cluster = TestCluster.start(Path.of(bin), data.resolve("cluster"));
  }

  @AfterAll
  static void stopCluster() throws Exception {
    if (cluster != null) {
      cluster.close();
      cluster = null;
    }
  }

  static TestCluster cluster() {
    if (cluster == null) {
      throw new IllegalStateException("no cluster");
    }
    return cluster;
  }

  /** The test's scene, whose release and namespace have that name. */
  Scene scene(String name) throws Exception {
    scene = Scene.of(cluster(), folder, name);
    return scene;
  }

  @AfterEach
  void closeScene() throws Exception {
    if (scene != null) {
      scene.close();
    }
  }
}
