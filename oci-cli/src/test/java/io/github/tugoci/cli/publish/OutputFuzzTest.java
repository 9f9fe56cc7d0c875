package io.github.tugoci.cli.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Interruptible;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import io.github.tugoci.fixture.Fuzz;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever an output's value is, the runner reads that value under that name, and nothing else. */
class OutputFuzzTest {
  @Test
  void outputs(@TempDir Path folder) throws Exception {
    var file = folder.resolve("output");
    var none = OutputStream.nullOutputStream();
    var github =
        new GitHub(
            new Environment(
                Map.of("GITHUB_OUTPUT", file.toString()),
                folder,
                InputStream.nullInputStream(),
                new StandardOutput(none),
                new PrintStream(none, true, UTF_8),
                Terminal.NONE,
                Interruptible.NEVER));
    Fuzz.of("output")
        .seeds("1.2.0", "a\nchart_ref=evil", "x<<E\nevil\nE\n", "\r\nb=c", "ghcr.io/a/b:1")
        .texts(
            value -> {
              Files.deleteIfExists(file);
              github.output(Map.of("first", value));
              github.output(Map.of("last", "end"));
              assertThat(read(Files.readString(file)))
                  .isEqualTo(Map.of("first", value, "last", "end"));
            });
  }

  /** As the runner reads it: lines end with a line feed, a carriage return before it is dropped. */
  private static Map<String, String> read(String text) {
    var outputs = new LinkedHashMap<String, String>();
    var lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int equals = lines[i].indexOf('=');
      int block = lines[i].indexOf("<<");
      if (block > 0 && (equals < 0 || block < equals)) {
        var delimiter = lines[i].substring(block + 2);
        var name = lines[i].substring(0, block);
        var value = new StringBuilder();
        for (i++; !lines[i].equals(delimiter); i++) {
          value.append(value.length() == 0 && !outputs.containsKey(name) ? "" : "\n");
          value.append(lines[i]);
          outputs.put(name, value.toString());
        }
        outputs.put(name, value.toString());
      } else if (equals > 0) {
        outputs.put(lines[i].substring(0, equals), lines[i].substring(equals + 1));
      }
    }
    return outputs;
  }
}
