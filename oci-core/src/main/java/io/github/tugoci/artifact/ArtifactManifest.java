package io.github.tugoci.artifact;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds an artifact's manifest (image-spec, manifest.md, "Guidelines for Artifact Usage"). */
final class ArtifactManifest {
  private static final Bytes EMPTY_OBJECT = Bytes.of("{}");

  /** The empty object, which the descriptor holds itself, as the spec's examples do. */
  private static final Descriptor EMPTY =
      Descriptor.of(MediaType.EMPTY_JSON, EMPTY_OBJECT).withData(EMPTY_OBJECT);

  private final MemoryStore store;
  private final Path scratch;

  private ArtifactManifest(MemoryStore store, Path scratch) {
    this.store = store;
    this.scratch = scratch;
  }

  /**
   * Adds an artifact to a store; the files are read when they are sent.
   *
   * @param scratch where folders' archives may be written
   * @throws IllegalArgumentException if two files have one title
   */
  static ImageManifest add(
      MemoryStore store, List<ArtifactFile> files, ArtifactPushOptions options, Path scratch)
      throws IOException {
    var artifact = new ArtifactManifest(store, scratch);
    var manifest =
        ImageManifest.builder(artifact.config(options))
            .artifactType(type(options))
            .subject(options.subject())
            .annotations(options.annotations());
    var titles = new HashSet<String>();
    for (var file : files) {
      if (!titles.add(file.title())) {
        throw new IllegalArgumentException("two files have the title \"" + file.title() + "\"");
      }
      manifest.layer(artifact.layer(file, titles.size()));
    }
    if (files.isEmpty()) {
      manifest.layer(artifact.empty());
    }
    var built = manifest.build();
    store.add(built);
    return built;
  }

  private static @Nullable MediaType type(ArtifactPushOptions options) {
    boolean saidByConfig =
        options.config() != null && !options.configType().equals(MediaType.EMPTY_JSON);
    return options.artifactType() == null && !saidByConfig
        ? Artifacts.UNKNOWN
        : options.artifactType();
  }

  private Descriptor config(ArtifactPushOptions options) throws IOException {
    var file = options.config();
    return file == null ? empty() : file(file, options.configType());
  }

  private Descriptor empty() {
    store.add(EMPTY, Blob.of(EMPTY_OBJECT));
    return EMPTY;
  }

  private Descriptor file(Path file, MediaType type) throws IOException {
    var descriptor = Descriptor.of(type, file);
    store.add(descriptor, Blob.of(file, descriptor));
    return descriptor;
  }

  private Descriptor layer(ArtifactFile file, int number) throws IOException {
    var annotations = new LinkedHashMap<String, String>();
    Descriptor layer;
    if (file.isFolder()) {
      var archive = scratch.resolve(number + ".tar.gz");
      var type = file.mediaType() == null ? Artifacts.FOLDER : file.mediaType();
      var written = FolderArchive.write(file.path(), file.title(), type, archive);
      layer = written.descriptor();
      store.add(layer, Blob.of(archive));
      annotations.put(Artifacts.CONTENT_DIGEST, written.content().toString());
      annotations.put(Artifacts.UNPACK, "true");
    } else {
      layer = file(file.path(), file.mediaType() == null ? Artifacts.FILE : file.mediaType());
    }
    annotations.put(Annotations.TITLE, file.title());
    return layer.withAnnotations(annotations);
  }
}
