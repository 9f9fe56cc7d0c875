package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.copy.Root;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.stream.Collectors;

/**
 * What a manifest is, as far as commands differ by it.
 *
 * @param kind which commands are for it
 * @param root the manifest to be pulled: the one that was read, or that of a chart in an index
 * @param words what it is, for a person
 */
record Recognition(ContentKind kind, Root root, String words) {
  /** As many as a chart is looked for among. */
  private static final int MAX_CHILDREN = 16;

  private static final MediaType COSIGN =
      new MediaType("application/vnd.dev.cosign.simplesigning.v1+json");

  /**
   * Recognises a manifest. Only of an index without platforms the manifests in it are read.
   *
   * @throws InvalidInputException if it can be several things, or no command pulls it
   */
  static Recognition of(Source source, Root root) throws IOException {
    if (root.manifest() instanceof ImageIndex index) {
      return ofIndex(source, root, index);
    }
    return root.manifest() instanceof ImageManifest image
        ? ofManifest(source, root, image)
        : new Recognition(ContentKind.IMAGE, root, "an image of Docker's schema 1");
  }

  private static Recognition ofManifest(Source source, Root root, ImageManifest manifest) {
    var config = manifest.config().mediaType();
    var layers = manifest.layers();
    if (config.equals(ChartMedia.CONFIG)) {
      return new Recognition(ContentKind.CHART, root, "a Helm chart");
    }
    var type = manifest.artifactType();
    if (type != null || !config.isImageConfig()) {
      return artifact(root, "an artifact of type " + (type == null ? config : type));
    }
    if (layers.stream().anyMatch(layer -> layer.mediaType().equals(COSIGN))) {
      return artifact(root, "a cosign signature");
    }
    var other = layers.stream().filter(layer -> !layer.mediaType().isImageLayer()).findFirst();
    if (other.isPresent()) {
      return artifact(root, "an artifact with layers of type " + other.get().mediaType());
    }
    if (!layers.isEmpty() && layers.stream().allMatch(Recognition::isTitled)) {
      throw new InvalidInputException(
          "ambiguous: %s can be an image or an artifact: its layers are an image's, but have file names"
              .formatted(source.name()),
          "use \"tug image pull\" for an image, \"tug artifact pull\" for the files");
    }
    return new Recognition(ContentKind.IMAGE, root, "an image");
  }

  private static Recognition artifact(Root root, String words) {
    return new Recognition(ContentKind.ARTIFACT, root, words);
  }

  private static boolean isTitled(Descriptor layer) {
    return layer.annotations().containsKey(Annotations.TITLE);
  }

  private static Recognition ofIndex(Source source, Root root, ImageIndex index)
      throws IOException {
    if (index.manifests().stream().anyMatch(entry -> entry.platform() != null)) {
      boolean artifacts =
          index.artifactType() != null
              || index.manifests().stream()
                  .anyMatch(entry -> entry.platform() != null && isArtifact(entry));
      return !artifacts
          ? new Recognition(ContentKind.IMAGE, root, "an index of images")
          : new Recognition(ContentKind.ARTIFACT, root, "an index of artifacts for platforms");
    }
    var kinds = new ArrayList<ContentKind>();
    for (var entry : index.manifests().stream().limit(MAX_CHILDREN).toList()) {
      if (!isManifest(entry) || isArtifact(entry)) {
        kinds.add(ContentKind.ARTIFACT);
        continue;
      }
      var child = of(source, new Root(entry.plain(), source.store().manifest(entry)));
      if (child.kind() == ContentKind.CHART) {
        return new Recognition(ContentKind.CHART, child.root(), "an index with a Helm chart");
      }
      kinds.add(child.kind());
    }
    if (kinds.contains(ContentKind.IMAGE) && !kinds.contains(ContentKind.ARTIFACT)) {
      return new Recognition(ContentKind.IMAGE, root, "an index of images");
    }
    throw new InvalidInputException(
        kinds.isEmpty()
            ? "nothing to pull: %s is an empty index".formatted(source.name())
            : "ambiguous: %s is an index of artifacts without platforms".formatted(source.name()),
        ways(source, index));
  }

  private static boolean isManifest(Descriptor entry) {
    return entry.mediaType().isManifest() && !entry.mediaType().isIndex();
  }

  /** An index says of an artifact what it is. */
  private static boolean isArtifact(Descriptor entry) {
    var type = entry.artifactType();
    return type != null && !type.isImageConfig() && !type.equals(ChartMedia.CONFIG);
  }

  private static String ways(Source source, ImageIndex index) {
    var repository = source.name().replaceFirst("@.*", "").replaceFirst(":[^:/]*$", "");
    var some =
        index.manifests().stream()
            .limit(3)
            .map(entry -> "\"tug pull %s@%s\"".formatted(repository, entry.digest()))
            .collect(Collectors.joining(" or "));
    return (some.isEmpty() ? "" : "use " + some + " for one of them; ")
        + "\"tug copy %s oci:DIR\" takes the whole".formatted(source.name());
  }
}
