package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A kubectl that writes down what it is asked and what it answers: what the tests of every build
 * replay, in which there is no cluster.
 *
 * @param calls a folder for the calls
 */
record Recorder(Path calls) {
  private static final Set<String> LONG =
      Set.of("managedFields", "chartContent", "objectset.rio.cattle.io/applied", "volumes");

  /** Where the node's containers have their files. */
  private static final String FOLDER = "/[^ \"]*/kubelet/container[0-9]+";

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
                part,
                shortened(Files.readString(call.resolve(part)).stripTrailing())
                    .replaceAll(FOLDER, "/tmp"));
          }
          lines.add(new String(Json.write(line), UTF_8));
        }
      }
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines);
  }

  /** A text, if it is JSON without what nobody reads of it and what is long. */
  private static String shortened(String text) throws IOException {
    if (!text.startsWith("{")) {
      return text;
    }
    var json = Json.parseObject(text.getBytes(UTF_8), "answer").asMap();
    return new String(Json.write(withoutLong(json)), UTF_8);
  }

  private static Object withoutLong(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Recorder::withoutLong).toList();
    }
    if (!(value instanceof Map<?, ?> map)) {
      return value;
    }
    var result = new LinkedHashMap<Object, Object>();
    map.forEach(
        (key, inner) -> {
          if (!LONG.contains(String.valueOf(key))) {
            result.put(key, withoutLong(inner));
          }
        });
    return result;
  }
}
