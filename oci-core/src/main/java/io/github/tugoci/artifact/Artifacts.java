package io.github.tugoci.artifact;

import io.github.tugoci.artifact.PulledArtifact.PulledFile;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.file.ScratchDirectory;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pushes and pulls files and folders as artifacts, to and from any store. What is pushed here ORAS
 * pulls, and the other way round.
 *
 * <pre>{@code
 * var files = List.of(ArtifactFile.of(Path.of("report.json")), ArtifactFile.of(Path.of("site")));
 * Artifacts.push(client.repository("ghcr.io/acme/docs"), files, List.of("1.0"),
 *     ArtifactPushOptions.defaults());
 * }</pre>
 */
public final class Artifacts {
  /** The kind of an artifact of which nothing is said. */
  public static final MediaType UNKNOWN = new MediaType("application/vnd.unknown.artifact.v1");

  /** The type of a configuration of which nothing is said. */
  public static final MediaType UNKNOWN_CONFIG =
      new MediaType("application/vnd.unknown.config.v1+json");

  /** The type of a file of which nothing is said. It need not be a tar: ORAS began so. */
  public static final MediaType FILE = MediaType.OCI_LAYER;

  /** The type of a folder of which nothing is said. */
  public static final MediaType FOLDER = MediaType.OCI_LAYER_GZIP;

  /** The annotation of a layer that is {@code true} if it is a folder's archive. */
  public static final String UNPACK = "io.deis.oras.content.unpack";

  /** The annotation of a folder's layer with the archive's digest before compression. */
  public static final String CONTENT_DIGEST = "io.deis.oras.content.digest";

  private Artifacts() {}

  /**
   * Pushes files and folders as one artifact. Files are read when they are sent, folders' archives
   * wait in temporary files.
   *
   * @param files what becomes the layers, in order; none makes an artifact of annotations alone
   * @param tags its tags at the target; may be empty
   * @throws IllegalArgumentException if two files have one title
   * @throws InvalidContentException if a folder has a link that leads out of it, or a file changes
   *     meanwhile
   * @throws AlreadyExistsException if a tag has other content and must not be moved
   */
  public static PushedArtifact push(
      ContentTarget target,
      List<ArtifactFile> files,
      List<String> tags,
      ArtifactPushOptions options)
      throws IOException {
    try (var scratch = ScratchDirectory.temporary()) {
      var store = new MemoryStore();
      var manifest = ArtifactManifest.add(store, files, options, scratch.path());
      var copy = options.copy().toBuilder().eager(true).build();
      return new PushedArtifact(
          manifest, Copier.copy(store, Root.of(manifest), target, tags, copy));
    }
  }

  /**
   * Pulls an artifact's files into a folder: what has a title, under its title, unpacked if it is a
   * folder. Everything is fetched and checked before the first file takes its place, each whole; a
   * file is replaced, a link isn't followed.
   *
   * @param selector its tag or digest
   * @param folder the directory to write to; created if it doesn't exist
   * @throws NotFoundException if it doesn't exist
   * @throws InvalidContentException if it is an index, is damaged, or a title or a path isn't safe,
   *     or two are the same
   * @throws AlreadyExistsException if a file exists and must not be replaced
   */
  public static PulledArtifact pull(
      ContentSource source, Selector selector, Path folder, ArtifactPullOptions options)
      throws IOException {
    return pull(source, source.manifest(selector), folder, options);
  }

  /**
   * Pulls the files of an artifact whose manifest the caller has read already.
   *
   * @throws IOException if it fails, by the same exceptions
   */
  public static PulledArtifact pull(
      ContentSource source, Manifest manifest, Path folder, ArtifactPullOptions options)
      throws IOException {
    if (!(manifest instanceof ImageManifest artifact)) {
      throw new InvalidContentException(
          manifest.bytes().digest() + " is an index, not an artifact: choose one of its manifests");
    }
    var layers = TitledLayer.of(artifact, options.untitled());
    Files.createDirectories(folder);
    Placement.planned(layers, folder, options.overwrite()).check();
    try (var scratch = ScratchDirectory.in(folder)) {
      var modes = FileModes.in(scratch.path());
      var target = new PullTarget(layers, scratch, options.limits().tar(), modes);
      Copier.copy(source, Root.of(artifact), target, List.of(), options.copy());
      var placement = new Placement(folder, options.overwrite());
      var files = new ArrayList<PulledFile>();
      for (var layer : layers) {
        placement.add(layer.path(), target.staged(layer), target.directories());
        files.add(
            new PulledFile(layer.title(), FileName.resolve(folder, layer.path()), layer.layer()));
      }
      placement.check();
      placement.move(scratch.path(), modes);
      return new PulledArtifact(artifact, files, skipped(artifact, layers));
    }
  }

  private static List<Descriptor> skipped(ImageManifest artifact, List<TitledLayer> layers) {
    var taken = layers.stream().map(TitledLayer::layer).toList();
    return artifact.layers().stream()
        .filter(layer -> !taken.contains(layer) && !layer.mediaType().equals(MediaType.EMPTY_JSON))
        .toList();
  }
}
