package io.github.tugoci.helm;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart's package, on disk or in memory: what is pushed.
 *
 * @param path the file; of a package in memory, the name that its file would have
 * @param metadata what the Chart.yaml in it says
 * @param descriptor its type as a layer, its digest and size
 * @param provenance the {@code .prov} file that stands beside it, or null
 * @param packed the bytes of a package in memory, which the descriptor was made of; null if it is a
 *     file
 */
public record ChartArchive(
    Path path,
    ChartMetadata metadata,
    Descriptor descriptor,
    @Nullable Path provenance,
    @Nullable Bytes packed) {

  /** A package in a file. */
  public ChartArchive(
      Path path, ChartMetadata metadata, Descriptor descriptor, @Nullable Path provenance) {
    this(path, metadata, descriptor, provenance, null);
  }

  /**
   * Opens a package and checks that it is a chart.
   *
   * @throws InvalidChartException if it isn't a chart or breaks a rule
   * @throws InvalidContentException if the archive is damaged or not safe
   */
  public static ChartArchive open(Path path) throws IOException {
    return open(path, ChartLimits.HELM);
  }

  /**
   * Opens a package and checks that it is a chart within limits.
   *
   * @throws InvalidChartException if it isn't a chart or breaks a rule
   * @throws InvalidContentException if the archive is damaged, not safe or passes a limit
   */
  public static ChartArchive open(Path path, ChartLimits limits) throws IOException {
    return of(path, Chart.read(path, limits).metadata(), Descriptor.of(ChartMedia.CONTENT, path));
  }

  /** A package that is known, with the provenance that stands beside it. */
  static ChartArchive of(Path path, ChartMetadata metadata, Descriptor descriptor) {
    var beside = path.resolveSibling(FileName.path(FileName.of(path) + ".prov"));
    return new ChartArchive(
        path, metadata, descriptor, Files.isRegularFile(beside) ? beside : null);
  }

  /**
   * The bytes.
   *
   * @throws InvalidContentException if the file has another size by now; what is read later and has
   *     changed by then fails in the same way
   */
  public Blob content() throws IOException {
    if (packed != null) {
      return new PackedBlob(packed, descriptor);
    }
    if (Files.size(path) != descriptor.size()) {
      throw new InvalidContentException(path + " changed while it was read");
    }
    return Blob.of(path, descriptor);
  }

  /** Bytes that need no check: their digest was computed when they were packed. */
  private record PackedBlob(Bytes packed, Descriptor descriptor) implements Blob {
    @Override
    public long size() {
      return packed.size();
    }

    @Override
    public InputStream open() {
      return VerifyingInputStream.trusted(packed.open(), descriptor);
    }
  }

  /**
   * The bytes of its provenance, if it has one.
   *
   * @throws InvalidContentException if the file is over 1 MiB
   */
  public Optional<Bytes> provenanceBytes() throws IOException {
    if (provenance == null) {
      return Optional.empty();
    }
    try (var in = InputFile.openRegular(provenance)) {
      var bytes = in.readNBytes(ChartLimits.MAX_PROVENANCE + 1);
      if (bytes.length > ChartLimits.MAX_PROVENANCE) {
        throw new InvalidContentException(
            "not a provenance file: " + provenance + ": larger than 1 MiB");
      }
      return Optional.of(Bytes.of(bytes));
    }
  }
}
