package io.github.tugoci.bench.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run of a program took.
 *
 * @param wall seconds from start to end
 * @param cpu seconds of all its threads, and of what it started; NaN without GNU time
 * @param memory the most that it held, in MiB; NaN without GNU time
 */
record Measured(double wall, double cpu, double memory) {
  private static final Path TIME = Path.of("/usr/bin/time");

  /** Work in this JVM. */
  interface Here {
    void run() throws IOException;
  }

  /** Does something in this JVM, whose memory says nothing. */
  static Measured here(Here work) throws IOException {
    double before = cpuOfThisJvm();
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1e9;
    return new Measured(wall, cpuOfThisJvm() - before, Double.NaN);
  }

  private static double cpuOfThisJvm() {
    var total = ProcessHandle.current().info().totalCpuDuration();
    return total.map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
  }

  /** Runs a program to its end, which must be a good one. */
  static Measured run(Path folder, List<String> command) throws IOException, InterruptedException {
    var numbers = folder.resolve("numbers");
    var log = folder.resolve("log");
    var whole = new ArrayList<String>();
    boolean counts = Files.isExecutable(TIME);
    if (counts) {
      whole.addAll(List.of(TIME.toString(), "-f", "%U %S %M", "-o", numbers.toString()));
    }
    whole.addAll(command);
    var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    long start = System.nanoTime();
    int status = builder.start().waitFor();
    double wall = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new IOException(
          "%s: exit status %d%n%s"
              .formatted(String.join(" ", command), status, Files.readString(log)));
    }
    if (!counts) {
      return new Measured(wall, Double.NaN, Double.NaN);
    }
    var values = Files.readString(numbers).strip().split(" ", -1);
    return new Measured(
        wall,
        Double.parseDouble(values[0]) + Double.parseDouble(values[1]),
        Double.parseDouble(values[2]) / 1024);
  }
}
