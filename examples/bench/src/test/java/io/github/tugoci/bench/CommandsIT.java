package io.github.tugoci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.bench.commands.Commands;
import io.github.tugoci.fixture.Interop;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of commands in its small form, so that it still works when somebody needs it. */
class CommandsIT {
  @Test
  void itMeasuresTheCommandBesideItsPeers(@TempDir Path temp) throws Exception {
    var tug = Path.of("../../oci-cli/target/tug/bin/tug").toAbsolutePath().normalize();
    Interop.requireProgram("docker-registry");
    Interop.require(Files.isExecutable(tug), "this test needs the command as it is built: " + tug);

    Commands.main(
        new String[] {"--small", "--folder=" + temp, "--out=" + temp.resolve("out"), "tug=" + tug});

    assertThat(Files.readAllLines(temp.resolve("out/bench.md")))
        .filteredOn(line -> line.contains(" | tug | "))
        .hasSizeGreaterThan(10);
    assertThat(temp.resolve("out/bench.json")).content().contains("\"work\": \"chart push\"");
  }
}
