package io.github.tugoci.helm;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.ScratchDirectory;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Charts in stores: a registry's repository, a layout. What is pushed is what Helm pushes, and what
 * Helm pushed can be pulled.
 *
 * <pre>{@code
 * var archive = ChartPackager.reproducible().write(Chart.read(Path.of("helm/shop")), build);
 * Charts.push(client.repository("ghcr.io/acme/charts/shop"), archive, ChartPushOptions.defaults());
 * }</pre>
 */
public final class Charts {
  private Charts() {}

  /**
   * Pushes a chart under its version, in which a {@code +} is written {@code _}.
   *
   * @param target the chart's own repository, whose last name is the chart's
   * @throws AlreadyExistsException if the version is there with another content, and must not be
   *     overwritten
   */
  public static PushedChart push(
      ContentTarget target, ChartArchive archive, ChartPushOptions options) throws IOException {
    var store = new MemoryStore();
    var tag = Version.toTag(archive.metadata().version());
    store.tag(ChartManifest.add(store, archive, options), tag);
    var result = Copier.copy(store, tag, target, List.of(tag), options.copy());
    return new PushedChart(archive.metadata(), tag, result);
  }

  /**
   * Pulls a chart into {@code NAME-VERSION.tgz}, which is replaced, or into a directory {@code
   * NAME}, which must not be there. After a failure nothing is left.
   *
   * @param reference a tag, or a digest as text
   * @param directory where to; made if it isn't there
   * @throws NotFoundException if it isn't there, or has no provenance where that is wanted
   * @throws InvalidChartException if something else is there
   * @throws InvalidContentException if it is damaged, not safe to unpack or too large
   * @throws FileAlreadyExistsException if it is to be unpacked into a directory that is there
   */
  public static PulledChart pull(
      ContentSource source, String reference, Path directory, ChartPullOptions options)
      throws IOException {
    Files.createDirectories(directory);
    try (var scratch = ScratchDirectory.in(directory)) {
      var found = ChartManifest.find(source, reference);
      ChartManifest.checkSize(found.layer(), options.limits().totalSize());
      var file = scratch.path().resolve("chart.tgz");
      Download.toFile(file, found.layer(), Blob.of(source, found.layer()));
      var chart = read(file, options.limits(), ChartManifest.name(source, reference));
      var provenance = scratch.path().resolve("chart.tgz.prov");
      if (options.provenance()) {
        fetchProvenance(source, found, provenance, reference);
        check(options, chart.metadata() + ".tgz", file, provenance);
      }
      var path =
          options.untar()
              ? unpack(file, scratch.path(), directory.resolve(chart.metadata().name()), options)
              : move(file, directory.resolve(chart.metadata() + ".tgz"));
      if (options.provenance()) {
        move(provenance, directory.resolve(chart.metadata() + ".tgz.prov"));
      }
      return new PulledChart(path, chart.metadata(), found.descriptor(), found.layer());
    }
  }

  /**
   * Reads a chart without writing it anywhere.
   *
   * @param reference a tag, or a digest as text
   * @throws NotFoundException if it isn't there
   * @throws InvalidChartException if something else is there
   * @throws InvalidContentException if it is damaged or too large
   */
  public static Chart read(ContentSource source, String reference, ChartLimits limits)
      throws IOException {
    var found = ChartManifest.find(source, reference);
    ChartManifest.checkSize(found.layer(), limits.totalSize());
    var name = ChartManifest.name(source, reference);
    return Chart.read(source.read(found.layer(), Integer.MAX_VALUE).open(), limits, name);
  }

  private static Chart read(Path file, ChartLimits limits, String what) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Chart.read(in, limits, what);
    }
  }

  private static void fetchProvenance(
      ContentSource source, ChartManifest found, Path to, String reference) throws IOException {
    var layer =
        found
            .provenance()
            .orElseThrow(
                () ->
                    new NotFoundException(
                        ChartManifest.name(source, reference) + " has no provenance"));
    ChartManifest.checkSize(layer, ChartLimits.MAX_PROVENANCE);
    Download.toFile(to, layer, Blob.of(source, layer));
  }

  private static void check(ChartPullOptions options, String name, Path file, Path provenance)
      throws IOException {
    var check = options.check();
    if (check != null) {
      check.check(name, file, Bytes.of(Files.readAllBytes(provenance)));
    }
  }

  private static Path unpack(Path archive, Path scratch, Path to, ChartPullOptions options)
      throws IOException {
    if (Files.exists(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    var unpacked = scratch.resolve("chart");
    try (var in = Files.newInputStream(archive)) {
      for (var file : ArchivedFiles.read(in, options.limits(), "the chart")) {
        write(file, unpacked.resolve(file.name()));
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
