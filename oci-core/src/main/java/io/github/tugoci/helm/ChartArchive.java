package io.github.tugoci.helm;

import io.github.tugoci.content.Blob;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A chart's package on disk: what is pushed.
 *
 * @param path the file
 * @param metadata what the Chart.yaml in it says
 * @param descriptor its type as a layer, its digest and size
 * @param provenance the {@code .prov} file that stands beside it, or null
 */
public record ChartArchive(
    Path path, ChartMetadata metadata, Descriptor descriptor, @Nullable Path provenance) {

  /**
   * Opens a package and checks that it is a chart.
   *
   * @throws InvalidChartException if it is no chart or breaks a rule
   * @throws io.github.tugoci.error.InvalidContentException if the archive is damaged or not safe
   */
  public static ChartArchive open(Path path) throws IOException {
    var metadata = Chart.read(path).metadata();
    var beside = path.resolveSibling(path.getFileName() + ".prov");
    return new ChartArchive(
        path,
        metadata,
        Descriptor.of(ChartMedia.CONTENT, digest(path), Files.size(path)),
        Files.isRegularFile(beside) ? beside : null);
  }

  private static Digest digest(Path path) throws IOException {
    var hash = Digest.Algorithm.SHA256.newHash();
    try (var in = new DigestInputStream(Files.newInputStream(path), hash)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return Digest.Algorithm.SHA256.digest(hash);
  }

  /** The bytes. */
  public Blob content() throws IOException {
    return Blob.of(path);
  }

  /** The bytes of its provenance, if it has one. */
  public Optional<Blob> provenanceContent() throws IOException {
    return provenance == null ? Optional.empty() : Optional.of(Blob.of(provenance));
  }
}
