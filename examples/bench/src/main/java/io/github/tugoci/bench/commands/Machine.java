package io.github.tugoci.bench.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is measured on, and with. */
final class Machine {
  private static final List<String> PEERS = List.of("crane", "oras", "regctl", "helm4", "pigz");

  private Machine() {}

  static void describe(Report report, Map<String, String> tugs)
      throws IOException, InterruptedException {
    report.note("machine", Runtime.getRuntime().availableProcessors() + " processors, " + cpu());
    for (var tug : tugs.entrySet()) {
      report.note(tug.getKey(), firstLine(tug.getValue(), "version"));
    }
    for (var program : PEERS) {
      var path = onPath(program);
      if (path.isPresent()) {
        var asked = program.equals("pigz") ? "--version" : "version";
        report.note(program, firstLine(path.get(), asked));
      }
    }
  }

  /** How many processes wait for a processor, over a minute and more. */
  static String load() throws IOException {
    return Files.readString(Path.of("/proc/loadavg"));
  }

  private static String cpu() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }

  static String firstLine(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var lines = process.inputReader(UTF_8)) {
      var first = lines.lines().filter(line -> !line.isBlank()).toList();
      process.waitFor();
      return first.isEmpty() ? "" : first.get(0);
    }
  }

  /** Where a program is. */
  static Optional<String> onPath(String name) {
    for (var place : System.getenv("PATH").split(File.pathSeparator, -1)) {
      var file = Path.of(place, name);
      if (Files.isExecutable(file)) {
        return Optional.of(file.toString());
      }
    }
    return Optional.empty();
  }
}
