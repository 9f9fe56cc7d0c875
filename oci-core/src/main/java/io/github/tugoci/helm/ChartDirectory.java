package io.github.tugoci.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the files of a chart's directory in Helm's order: directory by directory, names sorted by
 * their bytes. What {@code .helmignore} names is left out, symbolic links are followed.
 */
final class ChartDirectory {
  private static final List<String> HEAD =
      List.of(ChartMetadata.FILE, ChartLoader.OLD_DEPENDENCIES, ChartLock.FILE, ChartLock.OLD_FILE);

  private static final int MAX_RULES = 1 << 20;

  private final IgnoreRules rules;
  private final ChartLimits limits;
  private final List<ChartFile> files = new ArrayList<>();
  private final List<Path> open = new ArrayList<>();
  private long total;

  private ChartDirectory(IgnoreRules rules, ChartLimits limits) {
    this.rules = rules;
    this.limits = limits;
  }

  static List<ChartFile> read(Path directory, ChartLimits limits) throws IOException {
    checkChart(directory);
    var reader = new ChartDirectory(rules(directory.resolve(IgnoreRules.FILE)), limits);
    reader.walk(directory, "");
    return reader.files;
  }

  private static void checkChart(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw Files.exists(directory)
          ? new NotDirectoryException(directory.toString())
          : new NoSuchFileException(directory.toString());
    }
    if (!Files.isRegularFile(directory.resolve(ChartMetadata.FILE))) {
      throw new InvalidChartException(
          isBroken(directory.resolve(ChartMetadata.FILE))
              ? ChartMetadata.FILE + brokenLink(directory.resolve(ChartMetadata.FILE))
              : "not a chart directory: it has no Chart.yaml");
    }
  }

  /** Reads the files that say what a chart is and needs, and no others. */
  static List<ChartFile> readHead(Path directory, ChartLimits limits) throws IOException {
    checkChart(directory);
    var reader = new ChartDirectory(IgnoreRules.defaults(), limits);
    for (var name : HEAD) {
      if (Files.exists(directory.resolve(name))) {
        reader.add(directory.resolve(name), name);
      }
    }
    return reader.files;
  }

  private static IgnoreRules rules(Path file) throws IOException {
    if (!Files.exists(file)) {
      return IgnoreRules.defaults();
    }
    try {
      var content = ChartFile.of("", rulesIn(file), Files.getLastModifiedTime(file).toInstant());
      return IgnoreRules.parse(new String(content.bytes(), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new InvalidChartException(IgnoreRules.FILE + ": " + e.getMessage(), e);
    }
  }

  private static byte[] rulesIn(Path file) throws IOException {
    InputFile.requireRegular(file);
    return InputFile.readAll(file, MAX_RULES);
  }

  private void walk(Path directory, String prefix) throws IOException {
    var real = directory.toRealPath();
    if (open.contains(real)) {
      throw new InvalidChartException(prefix + " is a link to a directory that it is in");
    }
    open.add(real);
    List<Path> entries;
    try (var list = Files.list(directory)) {
      entries =
          list.sorted((one, other) -> ByteOrder.OF_TEXT.compare(name(one), name(other))).toList();
    }
    for (var entry : entries) {
      var name = prefix + name(entry);
      if (Files.isDirectory(entry)) {
        if (!rules.ignores(name, true)) {
          walk(entry, name + "/");
        }
      } else if (isBroken(entry)) {
        // A rule for directories may be meant for what the link led to. Helm fails in any case.
        if (!rules.ignores(name, false) && !rules.ignores(name, true)) {
          throw new InvalidChartException(
              name + brokenLink(entry) + "; fix it, or name it in " + IgnoreRules.FILE);
        }
      } else if (!rules.ignores(name, false)) {
        add(entry, name);
      }
    }
    open.remove(real);
  }

  private static boolean isBroken(Path entry) {
    return Files.isSymbolicLink(entry) && !Files.exists(entry);
  }

  private static String brokenLink(Path link) throws IOException {
    return " is a broken symbolic link to " + Files.readSymbolicLink(link);
  }

  private static String name(Path path) {
    return FileName.of(path);
  }

  private void add(Path file, String name) throws IOException {
    var real = file.toRealPath();
    if (!Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      throw new InvalidChartException(name + ": not a file or directory");
    }
    long size = Files.size(real);
    total += size;
    if (size > limits.fileSize() || total > limits.totalSize()) {
      throw new LimitExceededException(
          size > limits.fileSize()
              ? "%s has %d bytes, over the limit of %d".formatted(file, size, limits.fileSize())
              : "%s: the chart has more than %d bytes".formatted(file, limits.totalSize()));
    }
    files.add(
        ChartFile.of(name, Files.readAllBytes(real), Files.getLastModifiedTime(real).toInstant()));
  }
}
