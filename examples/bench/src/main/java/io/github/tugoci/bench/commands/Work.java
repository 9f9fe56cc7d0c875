package io.github.tugoci.bench.commands;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One piece of work, and how each program is asked to do it. */
final class Work {
  private final Map<String, String> tugs;
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  /** How a program is asked to work with a repository of its own and an empty folder. */
  interface Asked {
    List<String> command(String program, String host, String repository, Path empty);
  }

  /** What the library is asked to do, in the JVM that measures. */
  interface Call {
    void run(String host, String repository, Path empty) throws IOException;
  }

  /** Does the work once; the folder is for what is written beside it. */
  interface Tool {
    Measured run(Path folder, String host, String repository, Path empty)
        throws IOException, InterruptedException;
  }

  Work(Map<String, String> tugs) {
    this.tugs = tugs;
  }

  /** Each tug that is measured. */
  Work tug(Asked asked) {
    tugs.forEach((name, program) -> put(name, program, asked));
    return this;
  }

  /** A peer, if it is on the PATH. */
  Work peer(String name, Asked asked) {
    Machine.onPath(name).ifPresent(program -> put(name, program, asked));
    return this;
  }

  /** The bare program, in the JVM that measures. */
  Work bare(Asked arguments) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return put(
        "bare Java program",
        java,
        (program, host, repository, empty) -> {
          var asked = arguments.command(program, host, repository, empty);
          var command = new ArrayList<>(List.of(program, "-XX:+UseSerialGC", "-XX:-UsePerfData"));
          if (!asked.get(0).equals("pull")) {
            // Only what hashes much gains from the second compiler.
            command.add("-XX:TieredStopAtLevel=1");
          }
          command.addAll(List.of("-cp", place(Bare.class)));
          command.add(Bare.class.getName());
          command.addAll(asked);
          return command;
        });
  }

  /** Without the library, which would be opened for nothing. */
  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }

  /** The library, warm after the first round. */
  Work library(Call call) {
    tools.put(
        "tug's library, warm",
        (folder, host, repository, empty) ->
            Measured.here(() -> call.run(host, repository, empty)));
    return this;
  }

  private Work put(String name, String program, Asked asked) {
    tools.put(
        name,
        (folder, host, repository, empty) ->
            Measured.run(folder, asked.command(program, host, repository, empty)));
    return this;
  }

  Map<String, Tool> tools() {
    return tools;
  }
}
