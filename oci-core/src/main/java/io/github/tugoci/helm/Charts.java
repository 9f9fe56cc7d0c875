package io.github.tugoci.helm;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pushes, pulls and reads charts, to and from any store. What is pushed is what Helm pushes, and
 * what Helm pushed can be pulled.
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
    var tag = SemanticVersion.toTag(archive.metadata().version());
    var copy = options.copy().toBuilder().eager(true).build();
    var result = Copier.copy(store(archive, options), tag, target, List.of(tag), copy);
    return new PushedChart(archive.metadata(), tag, result);
  }

  /**
   * A chart with its manifest, under its version as tag: what a push copies.
   *
   * @throws InvalidContentException if the package changed, or its provenance is too large
   */
  public static MemoryStore store(ChartArchive archive, ChartPushOptions options)
      throws IOException {
    var store = new MemoryStore();
    store.tag(
        ChartManifest.add(store, archive, options),
        new Tag(SemanticVersion.toTag(archive.metadata().version())));
    return store;
  }

  /**
   * Pulls a chart into {@code NAME-VERSION.tgz}, which is replaced, or into a directory {@code
   * NAME}, which must not be there. After a failure nothing is left.
   *
   * @param selector its tag or digest
   * @param directory the directory to write to; created if it doesn't exist
   * @throws NotFoundException if it doesn't exist, or has no provenance where that is wanted
   * @throws InvalidChartException if something else is there
   * @throws InvalidContentException if it is damaged, not safe to unpack or too large
   * @throws FileAlreadyExistsException if it is to be unpacked into a directory that is there
   */
  public static PulledChart pull(
      ContentSource source, Selector selector, Path directory, ChartPullOptions options)
      throws IOException {
    var name = ChartManifest.name(source, selector);
    return pull(source, source.manifest(selector), name, directory, options);
  }

  /**
   * Pulls a chart whose manifest the caller has read already.
   *
   * @param name its name in error messages
   * @throws IOException if it fails, by the same exceptions
   */
  public static PulledChart pull(
      ContentSource source,
      Manifest manifest,
      String name,
      Path directory,
      ChartPullOptions options)
      throws IOException {
    var found = ChartManifest.of(source, manifest, name);
    Files.createDirectories(directory);
    try (var scratch = ScratchDirectory.in(directory)) {
      ChartManifest.checkSize(found.layer(), options.limits().totalSize());
      var file = scratch.fetched(found.layer().digest().toString());
      Download.toFile(file, found.layer(), Blob.of(source, found.layer()));
      if (options.provenance()) {
        fetchProvenance(source, found, file.resolveSibling(file.getFileName() + ".prov"), name);
      }
      var placed =
          new ChartPlacement(scratch.path(), directory, options).place(file, found.layer(), name);
      return new PulledChart(placed.path(), placed.metadata(), found.descriptor(), found.layer());
    }
  }

  /**
   * Stores a chart that was not read from a store, by the same rules.
   *
   * @param archive its package
   * @param provenance its {@code .prov} file; null if none is wanted
   * @param what the chart's name in error messages
   * @param directory the directory to write to; created if it doesn't exist
   * @return the package, or the directory that it was unpacked into
   * @throws InvalidChartException if it isn't a chart
   * @throws InvalidContentException if it is damaged, not safe to unpack or too large
   * @throws FileAlreadyExistsException if it is to be unpacked into a directory that is there
   */
  public static ChartArchive keep(
      Bytes archive,
      @Nullable Bytes provenance,
      String what,
      Path directory,
      ChartPullOptions options)
      throws IOException {
    Files.createDirectories(directory);
    try (var scratch = ScratchDirectory.in(directory)) {
      var file = scratch.path().resolve("chart.tgz");
      AtomicFile.write(file, out -> out.write(archive.toArray()));
      if (provenance != null) {
        var beside = scratch.path().resolve("chart.tgz.prov");
        AtomicFile.write(beside, out -> out.write(provenance.toArray()));
      }
      return new ChartPlacement(scratch.path(), directory, options)
          .place(file, Descriptor.of(ChartMedia.CONTENT, archive), what);
    }
  }

  /**
   * Reads a chart without writing it anywhere.
   *
   * @param selector its tag or digest
   * @throws NotFoundException if it doesn't exist
   * @throws InvalidChartException if something else is there
   * @throws InvalidContentException if it is damaged or too large
   */
  public static Chart read(ContentSource source, Selector selector, ChartLimits limits)
      throws IOException {
    var found = ChartManifest.find(source, selector);
    ChartManifest.checkSize(found.layer(), limits.totalSize());
    var name = ChartManifest.name(source, selector);
    return Chart.read(source.read(found.layer(), Integer.MAX_VALUE).open(), limits, name);
  }

  private static void fetchProvenance(
      ContentSource source, ChartManifest found, Path to, String name) throws IOException {
    var layer =
        found.provenance().orElseThrow(() -> new NotFoundException(name + " has no provenance"));
    ChartManifest.checkSize(layer, ChartLimits.MAX_PROVENANCE);
    Download.toFile(to, layer, Blob.of(source, layer));
  }
}
