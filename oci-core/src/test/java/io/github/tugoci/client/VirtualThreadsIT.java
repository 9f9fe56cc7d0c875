package io.github.tugoci.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.fixture.Interop;
import io.github.tugoci.fixture.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library on virtual threads, on the newest JDK of this machine. */
class VirtualThreadsIT {
  /** From here on a monitor doesn't hold the carrier (JEP 491): what does is ours to explain. */
  private static final int JDK = 24;

  @Test
  void noCarrierIsHeldOnceTheClassesAreLoaded(@TempDir Path folder) throws Exception {
    var java = newJava();
    Interop.require(java.isPresent(), "this test needs a JDK from " + JDK + " on");

    var out =
        Program.of(java.orElseThrow().toString(), "-cp", System.getProperty("java.class.path"))
            .with(VirtualThreadProgram.class.getName(), folder.toString())
            .run()
            .expectSuccess();

    // The first number shows that the JVM tells: loading a class holds the carrier.
    assertThat(out).matches("(?s)first run: [1-9][0-9]*, then: 0\n");
  }

  /** This JVM's own, or one that is installed beside it. */
  private static Optional<Path> newJava() throws IOException {
    var own = Path.of(System.getProperty("java.home"));
    var homes = new ArrayList<>(List.of(own));
    try (var siblings = Files.list(own.resolveSibling(""))) {
      siblings.sorted().forEach(homes::add);
    }
    for (var home : homes) {
      var java = home.resolve("bin/java".replace('/', File.separatorChar));
      if (version(home) >= JDK && Files.isExecutable(java)) {
        return Optional.of(java);
      }
    }
    return Optional.empty();
  }

  private static int version(Path home) throws IOException {
    var release = home.resolve("release");
    if (!Files.isReadable(release)) {
      return 0;
    }
    return Files.readAllLines(release).stream()
        .filter(line -> line.matches("JAVA_VERSION=\"[0-9]+.*"))
        .map(line -> line.replaceFirst("JAVA_VERSION=\"([0-9]+).*", "$1"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(0);
  }
}
