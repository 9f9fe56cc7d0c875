package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Interruptible;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Command lines that are run in this process, in an environment of their own. */
final class Run {
  private final Path home;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private String input = "";
  private @Nullable OutputStream output;

  private Run(Path home) {
    this.home = home;
    variables.put("XDG_CACHE_HOME", home.resolve("cache").toString());
  }

  /** What a command line led to. */
  record Outcome(int status, String out, String err) {
    /** Fails the test unless it did what was asked. */
    Outcome ok() {
      assertThat(status).as(err).isZero();
      return this;
    }

    /** Fails the test unless it ended so, without a word on standard output. */
    Outcome failed(int expected) {
      assertThat(status).as(err).isEqualTo(expected);
      assertThat(out).isEmpty();
      return this;
    }

    JsonObject json() throws IOException {
      return Json.parseObject(out.getBytes(UTF_8), "standard output");
    }
  }

  /** A user's home, which nothing else is read from. */
  static Run in(Path home) {
    return new Run(home);
  }

  Run variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  Run input(String text) {
    input = text;
    return this;
  }

  /** Where standard output goes, instead of into the outcome. */
  Run output(OutputStream stream) {
    output = stream;
    return this;
  }

  Outcome tug(Object... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var environment =
        new Environment(
            variables,
            home,
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new StandardOutput(output == null ? out : output),
            new PrintStream(err, true, UTF_8),
            Terminal.NONE,
            Interruptible.NEVER);
    var words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int status = new Shell(environment).run(words);
    return new Outcome(status, out.toString(UTF_8), err.toString(UTF_8));
  }
}
