package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Programs that record how they are called, and do as a test's script says. The script sees the
 * arguments, {@code $folder}, where answers may stand, and {@code $call}, the number of the call.
 */
record RecordedTools(Path folder) {
  static RecordedTools in(Path folder) throws IOException {
    return new RecordedTools(Files.createDirectories(folder));
  }

  /** A program; its standard input is kept in {@code NAME.CALL.in}. */
  RecordedTools tool(String name, String script) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(
        file,
        """
        #!/bin/sh
        PATH=/usr/bin:/bin
        folder='%s'
        call=0
        [ ! -f "$folder/%2$s.calls" ] || call=$(wc -l < "$folder/%2$s.calls" | tr -d ' ')
        printf '%%s\\n' "$*" >> "$folder/%2$s.calls"
        cat > "$folder/%2$s.$call.in"
        """
                .formatted(folder, name)
            + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return this;
  }

  /** A file that scripts may print. */
  RecordedTools answer(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text.replace('\'', '"'));
    return this;
  }

  /** The arguments of all calls, in order. */
  List<String> calls(String name) throws IOException {
    var calls = folder.resolve(name + ".calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** What came in on the standard input of a call. */
  byte[] input(String name, int call) throws IOException {
    return Files.readAllBytes(folder.resolve(name + "." + call + ".in"));
  }

  String text(String file) throws IOException {
    return new String(Files.readAllBytes(folder.resolve(file)), UTF_8);
  }
}
