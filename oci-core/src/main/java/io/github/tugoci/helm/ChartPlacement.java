package io.github.tugoci.helm;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Moves a fetched chart into a directory after all checks.
 *
 * @param scratch where it is unpacked
 * @param directory where it belongs
 * @param options whether it is unpacked, and what its provenance must pass
 */
record ChartPlacement(Path scratch, Path directory, ChartPullOptions options) {
  /**
   * Places a package, and its provenance if that is wanted.
   *
   * @param file the package, with its provenance in a {@code .prov} file beside it
   * @param descriptor the package's
   * @param what the chart's name in error messages
   */
  ChartArchive place(Path file, Descriptor descriptor, String what) throws IOException {
    var metadata = read(file, what).metadata();
    var provenance = file.resolveSibling(file.getFileName() + ".prov");
    check(metadata + ".tgz", file, provenance);
    var path =
        options.untar()
            ? unpack(file, directory.resolve(metadata.name()))
            : move(file, directory.resolve(metadata + ".tgz"));
    return new ChartArchive(
        path,
        metadata,
        descriptor,
        options.provenance() ? move(provenance, directory.resolve(metadata + ".tgz.prov")) : null);
  }

  private Chart read(Path file, String what) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Chart.read(in, options.limits(), what);
    }
  }

  private void check(String name, Path file, Path provenance) throws IOException {
    var check = options.check();
    if (check != null) {
      check.check(name, file, Bytes.of(Files.readAllBytes(provenance)));
    }
  }

  private Path unpack(Path archive, Path to) throws IOException {
    if (Files.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    var unpacked = scratch.resolve("chart");
    try (var in = Files.newInputStream(archive)) {
      for (var file : ArchivedFiles.read(in, options.limits(), "the chart")) {
        write(file, FileName.resolve(unpacked, file.name()));
      }
    }
    Files.move(unpacked, to);
    return to;
  }

  private static void write(ChartFile file, Path to) throws IOException {
    try {
      Files.createDirectories(to.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new InvalidContentException(file.name() + " in the chart is below a file", e);
    }
    if (Files.isDirectory(to)) {
      throw new InvalidContentException(file.name() + " in the chart is a directory and a file");
    }
    Files.write(to, file.bytes());
  }

  private static Path move(Path file, Path to) throws IOException {
    return Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
