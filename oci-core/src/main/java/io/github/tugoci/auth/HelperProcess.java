package io.github.tugoci.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of a program: a text goes in, a bounded text comes out, within a time limit. */
final class HelperProcess {
  private static final int MAX_OUTPUT = 1 << 20;

  private HelperProcess() {}

  /**
   * What a program left.
   *
   * @param exitCode 0 for success
   * @param output its standard output
   */
  record Result(int exitCode, String output) {}

  /** The program couldn't be run to its end; the message continues "PROGRAM ACTION". */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
      super(message);
    }
  }

  /** Runs a program in exactly the given environment. What it says on standard error is lost. */
  static Result run(
      List<String> command, Map<String, String> environment, byte[] input, Duration timeLimit)
      throws FailedException, InterruptedIOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    // What stays as it is keeps its bytes, which need not be text.
    var variables = builder.environment();
    variables.entrySet().removeIf(has -> !has.getValue().equals(environment.get(has.getKey())));
    environment.forEach(variables::putIfAbsent);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new FailedException("could not be started: " + e.getMessage());
    }
    long deadline = System.nanoTime() + timeLimit.toNanos();
    // On a thread of its own, as neither reading nor writing a pipe has a time limit.
    var exchange = new FutureTask<>(() -> exchange(process, input));
    var thread = new Thread(exchange, "tug-credential-helper");
    thread.setDaemon(true);
    thread.start();
    try {
      var output = exchange.get(timeLimit.toNanos(), TimeUnit.NANOSECONDS);
      if (output.length > MAX_OUTPUT) {
        throw new FailedException("printed more than " + MAX_OUTPUT + " bytes");
      }
      if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException();
      }
      return new Result(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      throw new FailedException("took longer than " + timeLimit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new FailedException("could not be read: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a credential helper");
    } finally {
      // A script's children would keep the pipe open.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static byte[] exchange(Process process, byte[] input) throws IOException {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // It ended, or doesn't read what it doesn't need; its exit code says which.
    }
    try (var stdout = process.getInputStream()) {
      return stdout.readNBytes(MAX_OUTPUT + 1);
    }
  }
}
