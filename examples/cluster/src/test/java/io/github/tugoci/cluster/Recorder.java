package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * A kubectl that writes down what it is asked and what it answers: what the tests of every build
 * replay, in which there is no cluster.
 *
 * @param calls a folder for the calls
 */
record Recorder(Path calls) {
  static Recorder in(Path folder) throws IOException {
    return new Recorder(Files.createDirectories(folder.resolve("calls")));
  }

  /** Makes the program. */
  Path wrap(Path kubectl) throws IOException {
    var wrapper = calls.resolveSibling("recording-kubectl");
    Files.writeString(
        wrapper,
        """
        #!/bin/sh
        call='%1$s'/$(date +%%s%%N).$$
        mkdir "$call"
        printf '%%s' "$*" > "$call/args"
        cat > "$call/in"
        '%2$s' "$@" < "$call/in" > "$call/out" 2> "$call/err" &
        child=$!
        trap 'kill $child' TERM INT
        wait $child
        code=$?
        cat "$call/out"
        cat "$call/err" >&2
        echo "$code" > "$call/exit"
        exit "$code"
        """
            .formatted(calls, kubectl));
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
    return wrapper;
  }

  /** Writes all calls that have ended, in their order, a line for each. */
  void write(Path file) throws IOException {
    var lines = new ArrayList<String>();
    try (var all = Files.list(calls)) {
      for (var call : all.sorted().toList()) {
        if (Files.exists(call.resolve("exit"))) {
          var line = new LinkedHashMap<String, Object>();
          for (var part : new String[] {"args", "exit", "out", "err"}) {
            line.put(
                part, new String(Files.readAllBytes(call.resolve(part)), UTF_8).stripTrailing());
          }
          lines.add(new String(Json.write(line), UTF_8));
        }
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }
}
