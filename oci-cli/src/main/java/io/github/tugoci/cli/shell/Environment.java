package io.github.tugoci.cli.shell;

import io.github.tugoci.file.InputFile;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a command may know about the process it runs in. {@code Main} makes the real one; a test
 * makes its own.
 *
 * @param variables the environment variables
 * @param home the user's home directory
 * @param in standard input
 * @param out standard output, for data
 * @param err standard error, for everything else
 * @param terminal who is at the keyboard
 * @param interruptible who ends what waits for the network
 */
public record Environment(
    Map<String, String> variables,
    Path home,
    InputStream in,
    StandardOutput out,
    PrintStream err,
    Terminal terminal,
    Interruptible interruptible) {

  /** Variables that hold a part of a reference or a path. */
  private static final Set<String> NAMING = Set.of("GHCR_OWNER", "PWD");

  private static final char REPLACEMENT = '\ufffd';
  private static final int MAX_PASSWORD = 4096;

  public Environment {
    variables = Map.copyOf(variables);
  }

  /**
   * A variable that is set to something.
   *
   * @throws InvalidInputException if it isn't UTF-8: Java has replaced a part of it
   */
  public Optional<String> variable(String name) {
    var value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isEmpty());
    if (value.filter(text -> text.indexOf(REPLACEMENT) >= 0).isPresent()) {
      throw new InvalidInputException(
          "invalid environment variable %s: not UTF-8".formatted(name), "set it to text in UTF-8");
    }
    return value;
  }

  /** A variable that names a file or a folder. */
  public Optional<Path> path(String name) {
    return variable(name).map(FileName::path);
  }

  /**
   * The one time for what is to be the same everywhere (reproducible-builds.org), if it is set.
   *
   * @throws InvalidInputException if it isn't a time
   */
  public Optional<Instant> sourceDate() {
    var epoch = variable("SOURCE_DATE_EPOCH");
    try {
      return epoch.map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds.strip())));
    } catch (NumberFormatException | DateTimeException e) {
      throw new InvalidInputException(
          "invalid SOURCE_DATE_EPOCH: not a number of seconds: " + epoch.orElse(""), null, e);
    }
  }

  /** What the user or the job has written of names, beside a command's words. */
  public List<String> written(List<String> args) {
    var words = new ArrayList<>(args);
    words.add(home.toString());
    for (var variable : variables.entrySet()) {
      var name = variable.getKey();
      boolean secret = name.contains("TOKEN") || name.contains("SECRET");
      if ((name.startsWith("GITHUB_") && !secret) || NAMING.contains(name)) {
        words.add(variable.getValue());
      }
    }
    return words;
  }

  /** Opens a file, or standard input for {@code -}. */
  public InputStream open(String file) throws IOException {
    return file.equals("-") ? in : InputFile.open(FileName.path(file));
  }

  /**
   * Reads a small file, or standard input for {@code -}, to its end.
   *
   * @throws InvalidInputException if it has more bytes than the limit, whole MiB
   */
  public byte[] read(String file, int limit) throws IOException {
    try (var stream = open(file)) {
      var bytes = stream.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new InvalidInputException(
            "%s is larger than %d MiB"
                .formatted(file.equals("-") ? "standard input" : file, limit >> 20),
            "name a smaller file");
      }
      return bytes;
    }
  }

  /** Reads a password: the first line of a file, or of standard input for {@code -}. */
  public String password(String file) {
    if (!file.equals("-") && Files.isDirectory(FileName.path(file))) {
      throw new InvalidInputException(
          "invalid password file " + file + ": a directory", "name the file with the password");
    }
    try {
      var bytes = file.equals("-") ? in.readNBytes(MAX_PASSWORD) : start(file);
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] start(String file) throws IOException {
    try (var stream = open(file)) {
      return stream.readNBytes(MAX_PASSWORD);
    }
  }

  /** The clock for what is to be the same everywhere: the one time, if it is set. */
  public InstantSource clock() {
    return sourceDate().map(InstantSource::fixed).orElseGet(InstantSource::system);
  }

  /**
   * Tells the runner of GitHub Actions something, if this is a step of a job. It reads standard
   * error too, where the line is not in the way of data.
   *
   * @param command such as {@code error title=…}
   */
  public void tellRunner(String command, String data) {
    if (variable("GITHUB_ACTIONS").filter("true"::equals).isPresent()) {
      var escaped = data.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
      err.println("::" + command + "::" + escaped);
    }
  }

  /** The folder for what can be lost: {@code $XDG_CACHE_HOME/tug} or {@code ~/.cache/tug}. */
  public Path cacheDirectory() {
    return path("XDG_CACHE_HOME")
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".cache"))
        .resolve("tug");
  }

  /** Whether text for a person may have colours (no-color.org). */
  public boolean colours() {
    return drawable() && variable("NO_COLOR").isEmpty();
  }

  /** Whether a person sees standard error on a terminal whose cursor can be moved. */
  public boolean drawable() {
    return terminal.seesErrors() && !"dumb".equals(variables.get("TERM"));
  }
}
