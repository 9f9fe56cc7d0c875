package io.github.tugoci.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a container says, for those who read it while it runs. */
final class PodLog {
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  synchronized void add(String line) {
    lines.add(Instant.now() + " " + line);
    notifyAll();
  }

  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Writes it, to its end where it is followed. */
  void write(OutputStream out, boolean follow, boolean timestamps) throws IOException {
    int next = 0;
    while (true) {
      var more = more(next, follow);
      if (more.isEmpty()) {
        return;
      }
      next += more.size();
      for (var line : more) {
        var text = timestamps ? line : line.substring(line.indexOf(' ') + 1);
        out.write((text + "\n").getBytes(UTF_8));
      }
      out.flush();
    }
  }

  private synchronized List<String> more(int from, boolean follow) throws IOException {
    try {
      while (follow && !ended && lines.size() == from) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return List.copyOf(lines.subList(from, lines.size()));
  }
}
