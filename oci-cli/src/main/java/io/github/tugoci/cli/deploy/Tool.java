package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.text.FileName;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program of the runner, run without a shell in the environment that tug has, within a time
 * limit.
 *
 * @param words the program and its first words
 * @param environment the variables that tug has
 */
record Tool(List<String> words, Map<String, String> environment) {
  private static final int MAX_OUTPUT = 64 * 1024 * 1024;
  private static final int MAX_QUOTE = 20;
  private static final int GRACE_SECONDS = 2;
  private static final int SIGNAL_MILLIS = 50;
  private static final File NULL = new File("/dev/null");

  /** What tug alone needs: no plugin of kubectl or helm gets it. */
  private static final Set<String> OWN_SECRETS =
      Set.of("TUG_USERNAME", "TUG_PASSWORD", "GHCR_TOKEN", "DOCKER_AUTH_CONFIG");

  /** The exit codes after SIGINT and SIGTERM. */
  private static final Set<Integer> STOPPED = Set.of(130, 143);

  /** The program that a policy names, or else the first that is on the PATH. */
  static Tool of(List<String> named, List<List<String>> otherwise, Map<String, String> environment)
      throws FailedException {
    var candidates = named.isEmpty() ? otherwise : List.of(named);
    for (var words : candidates) {
      var program = locate(words.get(0), environment.getOrDefault("PATH", ""));
      if (program.isPresent()) {
        var found = new ArrayList<>(words);
        found.set(0, program.get().toString());
        return new Tool(List.copyOf(found), environment);
      }
    }
    var names = candidates.stream().map(words -> words.get(0)).toList();
    throw new FailedException(
        ExitCode.FAILED,
        String.join(" or ", names) + " not found on the PATH",
        "install it, or name it in the policy");
  }

  private static Optional<Path> locate(String program, String path) {
    return program.contains("/")
        ? executable(FileName.path(program))
        : Arrays.stream(path.split(File.pathSeparator, -1))
            .flatMap(folder -> folder(folder).stream())
            .flatMap(folder -> executable(folder.resolve(program)).stream())
            .findFirst();
  }

  /** Folders that aren't absolute would depend on where we are. */
  private static Optional<Path> folder(String folder) {
    try {
      return Optional.of(FileName.path(folder)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<Path> executable(Path file) {
    return Optional.of(file).filter(Files::isRegularFile).filter(Files::isExecutable);
  }

  /**
   * How a program ended.
   *
   * @param exit its exit code
   * @param out its standard output
   * @param err its standard error
   */
  record Ended(int exit, String out, String err) {}

  /**
   * Runs it to its end, and gives its standard output.
   *
   * @throws FailedException if it fails, with what it said; or if it takes too long, after which it
   *     doesn't run any more
   */
  String run(Duration limit, byte[] input, List<String> arguments) throws IOException {
    var ended = call(limit, input, arguments);
    if (ended.exit() != 0) {
      throw new FailedException(
          ExitCode.FAILED,
          "%s failed with exit code %d".formatted(name(arguments), ended.exit()),
          lastLines(ended.err()),
          null);
    }
    return ended.out();
  }

  /**
   * Runs it to its end, whatever that is.
   *
   * @throws FailedException if it takes too long, after which it doesn't run any more
   * @throws InterruptedIOException if it or this thread was told to stop
   */
  Ended call(Duration limit, byte[] input, List<String> arguments) throws IOException {
    // Files, not pipes: nobody has to read and write while it runs, nor waits for its children.
    try (var scratch = ScratchDirectory.temporary()) {
      var in = Files.write(scratch.path().resolve("in"), input);
      var out = scratch.path().resolve("out");
      var err = scratch.path().resolve("err");
      var builder = builder(arguments).redirectInput(in.toFile());
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      var exit = await(builder.start(), limit);
      if (exit.isEmpty()) {
        throw new FailedException(
            ExitCode.NETWORK,
            "%s didn't end within %s".formatted(name(arguments), GoDuration.format(limit)),
            lastLines(text(err)),
            "check that the cluster answers; the policy's timeout says how long it may take");
      }
      if (exit.getAsInt() != 0) {
        checkStopped(exit.getAsInt(), name(arguments));
      }
      return new Ended(exit.getAsInt(), text(out), text(err));
    }
  }

  /** A terminal sends its signal to all that run in it, and we may be told a moment later. */
  private static void checkStopped(int exit, String name) throws InterruptedIOException {
    boolean stopped = STOPPED.contains(exit);
    try {
      Thread.sleep(SIGNAL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
    if (stopped) {
      throw new InterruptedIOException(name + " was interrupted");
    }
  }

  /** Starts it; both its outputs go into a file. Who starts it ends it, by {@link #destroy}. */
  Process start(List<String> arguments, Path output) throws IOException {
    return builder(arguments)
        .redirectInput(ProcessBuilder.Redirect.from(NULL))
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private ProcessBuilder builder(List<String> arguments) {
    var command = new ArrayList<>(words);
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    // What stays as it is keeps its bytes, which need not be text.
    var variables = builder.environment();
    variables.entrySet().removeIf(has -> !has.getValue().equals(environment.get(has.getKey())));
    environment.forEach(variables::putIfAbsent);
    OWN_SECRETS.forEach(variables::remove);
    return builder;
  }

  /** The exit code; empty if it still ran at the limit. */
  private OptionalInt await(Process process, Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + words.get(0) + " ran");
    } finally {
      destroy(process);
    }
  }

  /** Ends a process and all that it started. */
  static void destroy(Process process) {
    var children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** What is run, in the few words that tell it. */
  String name(List<String> arguments) {
    var program = Path.of(words.get(0)).getFileName().toString();
    var more = new ArrayList<>(words.subList(1, words.size()));
    more.addAll(arguments.subList(0, Math.min(2, arguments.size())));
    return program + " " + String.join(" ", more);
  }

  private static String text(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_OUTPUT), UTF_8);
    }
  }

  /** The end of a text, where programs say why. */
  static List<String> lastLines(String text) {
    var lines = text.lines().filter(line -> !line.isBlank()).toList();
    return lines.subList(Math.max(0, lines.size() - MAX_QUOTE), lines.size());
  }
}
