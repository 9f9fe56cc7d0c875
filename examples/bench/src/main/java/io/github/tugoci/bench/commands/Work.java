package io.github.tugoci.bench.commands;

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

  /** A program with how it is asked. */
  interface Tool {
    List<String> command(String host, String repository, Path empty);
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
          var command = new ArrayList<>(List.of(program, "-XX:+UseSerialGC", "-XX:-UsePerfData"));
          command.addAll(List.of("-cp", System.getProperty("java.class.path")));
          command.add(Bare.class.getName());
          command.addAll(arguments.command(program, host, repository, empty));
          return command;
        });
  }

  private Work put(String name, String program, Asked asked) {
    tools.put(name, (host, repository, empty) -> asked.command(program, host, repository, empty));
    return this;
  }

  Map<String, Tool> tools() {
    return tools;
  }
}
