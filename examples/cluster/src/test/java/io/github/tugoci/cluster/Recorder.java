package io.github.tugoci.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A kubectl that writes down what it is asked and what it answers: what the tests of every build
 * replay, in which there is no cluster.
 */
final class Recorder {
  private Recorder() {}

  static void write(Path wrapper, Path kubectl, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        wrapper,
        """
        #!/bin/sh
        call=$(mktemp -d '%s/'$(date +%%s%%N).XXXX)
        printf '%%s' "$*" > "$call/args"
        cat > "$call/in"
        '%s' "$@" < "$call/in" > "$call/out" 2> "$call/err" &
        trap 'kill $!' TERM INT
        wait $!
        code=$?
        echo $code > "$call/exit"
        cat "$call/out"
        cat "$call/err" >&2
        exit $code
        """
            .formatted(folder, kubectl));
    Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
  }
}
