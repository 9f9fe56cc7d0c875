package io.github.tugoci.artifact;

import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import java.nio.file.Path;
import java.util.List;

/**
 * The result of pulling an artifact.
 *
 * @param manifest its manifest
 * @param files what was written, in the manifest's order
 * @param skipped the layers that weren't, as they have no title
 */
public record PulledArtifact(
    ImageManifest manifest, List<PulledFile> files, List<Descriptor> skipped) {

  /** Copies the lists. */
  public PulledArtifact {
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
  }

  /**
   * A file or a folder that was written.
   *
   * @param title what it is called in the artifact
   * @param path where it is
   * @param layer its layer
   */
  public record PulledFile(String title, Path path, Descriptor layer) {}
}
