package io.github.tugoci.dependency;

import io.github.tugoci.dependency.Subcharts.Subchart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts new archives into the place of old ones, file by file by renaming, and takes all of it back
 * if that fails half-way.
 */
final class AtomicDirSwap {
  private final Path charts;
  private final Path old;
  private final Deque<Path[]> moved = new ArrayDeque<>();

  /**
   * A replacement in a directory.
   *
   * @param old where the old files are kept until it has ended
   */
  AtomicDirSwap(Path charts, Path old) {
    this.charts = charts;
    this.old = old;
  }

  /** What comes last. */
  interface Step {
    void run() throws IOException;
  }

  /**
   * Replaces all archives of charts, as Helm does; other files and directories stay.
   *
   * @param archives the new ones
   * @param kept names of charts whose archives stay too
   * @param last what must succeed as well
   */
  void run(Collection<Path> archives, Set<String> kept, Step last) throws IOException {
    try {
      var names = new HashSet<Path>();
      for (var archive : archives) {
        names.add(archive.getFileName());
        put(archive);
      }
      for (var subchart : Subcharts.in(charts).all()) {
        if (isOutdated(subchart, kept) && !names.contains(subchart.path().getFileName())) {
          move(subchart.path(), old);
        }
      }
      last.run();
    } catch (IOException | RuntimeException e) {
      takeBack(e);
      throw e;
    }
  }

  private static boolean isOutdated(Subchart subchart, Set<String> kept) {
    return subchart.isArchive()
        && subchart.metadata() != null
        && !kept.contains(subchart.metadata().name());
  }

  private void put(Path archive) throws IOException {
    var target = charts.resolve(archive.getFileName());
    if (Files.isRegularFile(target)) {
      if (Files.mismatch(target, archive) < 0) {
        return;
      }
      move(target, old);
    }
    move(archive, charts);
  }

  private void move(Path file, Path directory) throws IOException {
    var target = directory.resolve(file.getFileName());
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    moved.push(new Path[] {file, target});
  }

  private void takeBack(Exception failure) {
    for (var move : moved) {
      try {
        Files.move(move[1], move[0], StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
