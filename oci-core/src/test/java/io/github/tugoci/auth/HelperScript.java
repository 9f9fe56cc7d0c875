package io.github.tugoci.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Puts small shell scripts where credential helpers are looked for. */
record HelperScript(Path folder) {
  static final String NOT_FOUND = "echo 'credentials not found in native keychain'; exit 1";

  /** An environment in which the scripts, and the programs that they use, are found. */
  Map<String, String> environment() {
    return Map.of("PATH", folder + ":/usr/bin:/bin");
  }

  /** A helper with a body in sh. Its first argument is the action. */
  void write(String name, String body) throws IOException {
    var script =
        Files.writeString(folder.resolve("docker-credential-" + name), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** A helper that answers to get for one server, and to no other. */
  void writeAnswering(String name, String server, String username, String secret)
      throws IOException {
    write(
        name,
        """
        read -r server
        if [ "$1 $server" = "get %s" ]; then
          echo '{"ServerURL":"%1$s","Username":"%s","Secret":"%s"}'
        else
          %s
        fi
        """
            .formatted(server, username, secret, NOT_FOUND));
  }

  /** A helper that keeps what it was told in a file, one line for each action. */
  Path writeRecording(String name) throws IOException {
    var log = folder.resolve(name + ".log");
    write(
        name,
        """
        input=$(cat)
        echo "$1 $input" >> '%s'
        if [ "$1" = get ]; then echo '{"Username":"u","Secret":"s"}'; fi
        """
            .formatted(log));
    return log;
  }
}
