package io.github.tugoci.dependency;

import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.helm.ChartLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the last dependency leaves behind is removed: the lock, and the archives of the charts that
 * it names. Charts that no lock names were put there by hand, and stay.
 */
record Removal(Path chart) {
  void run(Optional<ChartLock> lock) throws IOException {
    var charts = chart.resolve(Dependencies.CHARTS);
    if (lock.isPresent() && Files.isDirectory(charts)) {
      try (var scratch = ScratchDirectory.in(charts)) {
        new AtomicDirSwap(charts, scratch.taken())
            .run(List.of(), othersThan(lock.get(), charts), this::deleteLocks);
      }
    } else {
      deleteLocks();
    }
  }

  private static Set<String> othersThan(ChartLock lock, Path charts) throws IOException {
    var names = Subcharts.in(charts).names();
    lock.dependencies().forEach(locked -> names.remove(locked.name()));
    return names;
  }

  private void deleteLocks() throws IOException {
    for (var name : List.of(ChartLock.FILE, ChartLock.OLD_FILE)) {
      Files.deleteIfExists(chart.resolve(name));
    }
  }
}
