package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The log of a job's pods, followed while they run: a job that gives up takes its pod and the log
 * with it. Each line is told once, also where a container begins again.
 */
final class JobLog implements AutoCloseable {
  private static final int MAX_LINES = 20;
  private static final int MAX_READ = 1 << 20;

  /** The trace of the job's shell, and what kubectl says of a pod that isn't there yet. */
  private static final Pattern NOISE =
      Pattern.compile("\\++ .*|\\s*|error: .*|Error from server.*|unable to retrieve .*");

  private final Cluster cluster;
  private final String job;
  private final String namespace;
  private final Path file;
  private final Consumer<String> listener;
  private final ArrayDeque<String> last = new ArrayDeque<>();
  private @Nullable Process process;
  private long offset;
  private Instant seen = Instant.MIN;

  /** The last line that was told of a container before. */
  private Instant told = Instant.MIN;

  JobLog(Cluster cluster, String job, String namespace, Path file, Consumer<String> listener) {
    this.cluster = cluster;
    this.job = job;
    this.namespace = namespace;
    this.file = file;
    this.listener = listener;
  }

  /** Tells what is new, and follows on where a container has ended. */
  void follow() throws IOException {
    read(false);
    if (process == null || !process.isAlive()) {
      read(true);
      offset = 0;
      told = seen;
      process = cluster.follow(job, namespace, file);
    }
  }

  /**
   * Tells what the containers said last, also where nothing was heard of them yet.
   *
   * @param ended whether the job has ended: its log ends too then, and is waited for, as kubectl
   *     takes seconds to begin on a small or busy machine
   */
  void finish(boolean ended) throws IOException {
    if (process == null || (last.isEmpty() && !process.isAlive())) {
      follow();
    }
    try {
      if (process != null) {
        process.waitFor(ended ? 20 : 2, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    read(true);
  }

  /** The last lines that say something. */
  List<String> lines() {
    return List.copyOf(last);
  }

  /** Reads whole lines, and at the end what stands after the last one too. */
  private void read(boolean all) throws IOException {
    if (process == null) {
      return;
    }
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(offset, Files.size(file)));
      var bytes = in.readNBytes(MAX_READ);
      int end = bytes.length;
      while (!all && end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      offset += end;
      new String(bytes, 0, end, UTF_8).lines().forEach(this::line);
    }
  }

  private void line(String line) {
    int space = Math.max(0, line.indexOf(' '));
    var text = line.substring(Math.min(line.length(), space + 1));
    try {
      var time = Instant.parse(line.substring(0, space));
      if (!time.isAfter(told)) {
        return;
      }
      seen = time;
    } catch (DateTimeException e) {
      text = line; // from kubectl itself
    }
    if (!NOISE.matcher(text).matches()) {
      last.add(text);
      if (last.size() > MAX_LINES) {
        last.remove();
      }
      listener.accept(text);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      Tool.destroy(process);
    }
  }
}
