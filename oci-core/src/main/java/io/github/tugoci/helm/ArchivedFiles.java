package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarLimits;
import io.github.tugoci.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of a chart's archive. Whoever made it can't reach outside of the chart: the first
 * path element is dropped, and a name that leads elsewhere is refused.
 */
final class ArchivedFiles {
  private static final Pattern DRIVE = Pattern.compile("[a-zA-Z]:.*", Pattern.DOTALL);

  private ArchivedFiles() {}

  /**
   * Reads all files.
   *
   * @param what the archive's name in error messages
   * @throws LimitExceededException if the archive passes a limit
   * @throws InvalidContentException if it is damaged or has a bad name
   */
  static List<ChartFile> read(InputStream in, ChartLimits limits, String what) throws IOException {
    var files = new ArrayList<ChartFile>();
    try (var tar = open(in, limits)) {
      for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
        if (entry.get().type() != TarEntry.Type.DIRECTORY) {
          files.add(
              ChartFile.of(
                  safeName(entry.get().name()),
                  tar.content().readAllBytes(),
                  entry.get().modified()));
        }
      }
    } catch (LimitExceededException e) {
      throw new LimitExceededException(what + ": " + e.getMessage());
    } catch (InvalidContentException e) {
      throw new InvalidContentException(what + ": " + e.getMessage(), e);
    }
    if (files.isEmpty()) {
      throw new InvalidContentException(what + ": the archive has no files");
    }
    return files;
  }

  private static TarReader open(InputStream in, ChartLimits limits) throws IOException {
    return TarReader.openGzip(
        in, new TarLimits(limits.fileSize(), limits.totalSize(), ChartLimits.MAX_FILES));
  }

  /** An entry's path in the chart. */
  static String safeName(String entry) throws InvalidContentException {
    var slashed = entry.replace('\\', '/');
    int slash = slashed.indexOf('/');
    var name = slash < 0 ? "" : slashed.substring(slash + 1);
    if (slash < 0 && slashed.equals(ChartMetadata.FILE)) {
      throw refused(entry, "stands beside the chart's directory, not in it");
    }
    if (name.startsWith("/")) {
      throw refused(entry, "is absolute");
    }
    var clean = clean(name);
    if (clean == null || clean.isEmpty()) {
      throw refused(entry, "is outside of the chart");
    }
    if (DRIVE.matcher(clean).matches() || clean.indexOf('\0') >= 0) {
      throw refused(entry, "can be a path on another drive");
    }
    return clean;
  }

  private static @Nullable String clean(String name) {
    var elements = new ArrayDeque<String>();
    for (var element : name.split("/", -1)) {
      if (element.equals("..")) {
        if (elements.pollLast() == null) {
          return null;
        }
      } else if (!element.isEmpty() && !element.equals(".")) {
        elements.add(element);
      }
    }
    return String.join("/", elements);
  }

  private static InvalidContentException refused(String entry, String fault) {
    return new InvalidContentException("the name \"" + entry + "\" in the archive " + fault);
  }
}
