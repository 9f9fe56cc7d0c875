package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A kubectl that answers what a real cluster answered ({@code examples/cluster} records it): to the
 * n-th call with some arguments the n-th answer. An attempt's own mark in a HelmChart is that of
 * what was applied last.
 *
 * @param folder where the answers lie
 * @param calls what was asked, in order, without the logs, which are asked for when it suits
 */
record ReplayedCluster(Path folder, List<String> calls) {
  private static final String KUBECTL =
      """
      #!/bin/sh
      PATH=/usr/bin:/bin
      folder='FOLDER'
      args=$(printf '%s' "$*" | sed 's/--timeout=[0-9a-z]*/--timeout=T/')
      case "$1" in
        apply) cat > "$folder/applied" ;;
        *) cat > /dev/null ;;
      esac
      printf '%s\\n' "$args" >> "$folder/calls"
      key=$(grep -nxF -e "$args" "$folder/keys" | head -n 1 | cut -d: -f1)
      [ -n "$key" ] || { echo "never asked: $args" >&2; exit 99; }
      next=$(grep -cxF -e "$args" "$folder/calls")
      [ "$1" != logs ] || [ -d "$folder/$key.$next" ] || exit 0
      [ -d "$folder/$key.$next" ] || { echo "not asked so often: $args" >&2; exit 99; }
      mark=none
      [ ! -f "$folder/applied" ] \\
        || mark=$(sed -n 's/^ *\\(# tug deploy, [^,]*, [0-9a-f]*\\)$/\\1/p' "$folder/applied")
      sed "s/# tug deploy, [^,\\"]*, [0-9a-f]\\{8\\}/$mark/g" "$folder/$key.$next/out"
      cat "$folder/$key.$next/err" >&2
      exit "$(cat "$folder/$key.$next/exit")"
      """;

  /** Makes one in a folder; the recording is a resource. */
  static ReplayedCluster of(String recording, Path folder) throws IOException {
    Files.createDirectories(folder);
    var keys = new ArrayList<String>();
    var calls = new ArrayList<String>();
    for (var line : read(recording)) {
      var args = line.requiredString("args").replaceAll("--timeout=[0-9a-z]*", "--timeout=T");
      if (!keys.contains(args)) {
        keys.add(args);
      }
      calls.add(args);
      long times = calls.stream().filter(args::equals).count();
      var call = folder.resolve((keys.indexOf(args) + 1) + "." + times);
      Files.createDirectory(call);
      for (var part : List.of("out", "err", "exit")) {
        var text = line.requiredString(part);
        Files.writeString(call.resolve(part), text.isEmpty() ? "" : text + "\n");
      }
    }
    Files.write(folder.resolve("keys"), keys);
    var kubectl = folder.resolve("kubectl");
    Files.writeString(kubectl, KUBECTL.replace("FOLDER", folder.toString()));
    Files.setPosixFilePermissions(kubectl, PosixFilePermissions.fromString("rwx------"));
    return new ReplayedCluster(folder, withoutLogs(calls));
  }

  private static List<JsonObject> read(String recording) throws IOException {
    try (var in = ReplayedCluster.class.getResourceAsStream("/cluster/" + recording + ".jsonl")) {
      assertThat(in).as(recording).isNotNull();
      var lines = new ArrayList<JsonObject>();
      for (var line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        lines.add(Json.parseObject(line.getBytes(UTF_8), "a line of " + recording));
      }
      return lines;
    }
  }

  private static List<String> withoutLogs(List<String> calls) {
    return calls.stream().filter(call -> !call.startsWith("logs ")).toList();
  }

  Path kubectl() {
    return folder.resolve("kubectl");
  }

  /** What was asked since, in order. */
  List<String> asked() throws IOException {
    return withoutLogs(Files.readAllLines(folder.resolve("calls")));
  }
}
