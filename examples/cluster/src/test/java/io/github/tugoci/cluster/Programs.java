package io.github.tugoci.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that {@code build.sh} made, and those that were started of them.
 *
 * @param bin where they are
 * @param logs where what they say goes
 * @param running what was started, in order
 */
record Programs(Path bin, Path logs, List<Process> running) {
  static Programs of(Path bin, Path logs) throws IOException {
    return new Programs(bin, Files.createDirectories(logs), new ArrayList<>());
  }

  Path program(String name) {
    var program = bin.resolve(name);
    assertThat(program).as("examples/cluster/build.sh makes it").isExecutable();
    return program;
  }

  Process start(String name, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(program(name).toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(logs.resolve(name + ".log").toFile());
    // A proxy is for the world outside; all of this is on loopback.
    builder
        .environment()
        .keySet()
        .removeIf(variable -> variable.matches("(?i).*_proxy|KUBECONFIG"));
    var process = builder.start();
    running.add(process);
    return process;
  }

  void stop() {
    for (int i = running.size() - 1; i >= 0; i--) {
      running.get(i).destroyForcibly();
    }
  }
}
