package io.github.tugoci.helm;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A chart's manifest as Helm writes it, byte for byte, and as it is found in a store.
 *
 * @param descriptor the manifest
 * @param layer the chart's archive
 * @param provenance the chart's provenance, if it has one
 */
record ChartManifest(Descriptor descriptor, Descriptor layer, Optional<Descriptor> provenance) {
  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");
  private static final int MAX_CHILDREN = 16;

  /** Puts a chart with its manifest into a store; gives the manifest. */
  static Descriptor add(MemoryStore store, ChartArchive archive, ChartPushOptions options)
      throws IOException {
    var metadata = archive.metadata();
    var layers = new ArrayList<Descriptor>();
    store.add(archive.descriptor(), archive.content());
    layers.add(archive.descriptor());
    var provenance = archive.provenanceBytes();
    if (provenance.isPresent()) {
      layers.add(store.add(ChartMedia.PROVENANCE, provenance.get()));
    }
    layers.sort((one, other) -> one.digest().toString().compareTo(other.digest().toString()));
    return store.add(
        ImageManifest.builder(store.add(ChartMedia.CONFIG, metadata.toJson()))
            .layers(layers)
            .annotations(annotations(metadata, options))
            .withoutMediaType()
            .build());
  }

  private static Map<String, String> annotations(ChartMetadata metadata, ChartPushOptions options) {
    var annotations = new TreeMap<String, String>();
    metadata.description().ifPresent(text -> annotations.put(Annotations.DESCRIPTION, text));
    metadata.home().ifPresent(home -> annotations.put(Annotations.URL, home));
    metadata.sources().stream()
        .findFirst()
        .ifPresent(source -> annotations.put(Annotations.SOURCE, source));
    annotations.put(Annotations.AUTHORS, authors(metadata));
    annotations.put(Annotations.CREATED, RFC_3339.format(options.created()));
    annotations.values().removeIf(String::isEmpty);
    annotations.putAll(metadata.annotations());
    annotations.putAll(options.annotations());
    annotations.put(Annotations.TITLE, metadata.name());
    annotations.put(Annotations.VERSION, metadata.version());
    return new LinkedHashMap<>(annotations);
  }

  private static String authors(ChartMetadata metadata) {
    return metadata.maintainers().stream()
        .map(ChartMaintainer::author)
        .collect(Collectors.joining(", "));
  }

  /**
   * Finds a chart in a store.
   *
   * @throws InvalidChartException if something else is there
   */
  static ChartManifest find(ContentSource source, Selector selector) throws IOException {
    return of(source, source.manifest(selector), name(source, selector));
  }

  /**
   * A chart whose manifest was read already.
   *
   * @param name its name in error messages
   * @throws InvalidChartException if it is something else
   */
  static ChartManifest of(ContentSource source, Manifest manifest, String name) throws IOException {
    return manifest instanceof ImageIndex index
        ? ofIndex(source, index, name)
        : of(manifest)
            .orElseThrow(
                () -> new InvalidChartException("not a chart: " + name + ": " + kind(manifest)));
  }

  /** The name of a store's content in errors. */
  static String name(ContentSource source, Selector selector) {
    return source + (selector instanceof Digest ? "@" : ":") + selector;
  }

  /** Some tools put a chart into an index, beside its signature for instance. */
  private static ChartManifest ofIndex(ContentSource source, ImageIndex index, String name)
      throws IOException {
    for (var child : index.manifests().stream().limit(MAX_CHILDREN).toList()) {
      if (child.mediaType().isManifest() && !child.mediaType().isIndex()) {
        var chart = of(source.manifest(child));
        if (chart.isPresent()) {
          return chart.get();
        }
      }
    }
    throw new InvalidChartException("not a chart: " + name + ": an index without a chart");
  }

  private static Optional<ChartManifest> of(Manifest manifest) throws InvalidChartException {
    if (!(manifest instanceof ImageManifest image)
        || !image.config().mediaType().equals(ChartMedia.CONFIG)) {
      return Optional.empty();
    }
    var descriptor = Descriptor.of(manifest.mediaType(), manifest.bytes());
    var layer =
        layer(image, ChartMedia.CONTENT)
            .or(() -> layer(image, ChartMedia.OLD_CONTENT))
            .orElseThrow(
                () ->
                    new InvalidChartException(
                        "chart layer missing in manifest %s".formatted(descriptor.digest())));
    return Optional.of(new ChartManifest(descriptor, layer, layer(image, ChartMedia.PROVENANCE)));
  }

  private static Optional<Descriptor> layer(ImageManifest manifest, MediaType type) {
    return manifest.layers().stream().filter(layer -> layer.mediaType().equals(type)).findFirst();
  }

  private static String kind(Manifest manifest) {
    if (!(manifest instanceof ImageManifest image)) {
      return "of type " + manifest.mediaType();
    }
    var type = image.artifactType() == null ? image.config().mediaType() : image.artifactType();
    return type.equals(MediaType.OCI_CONFIG) || type.equals(MediaType.DOCKER_CONFIG)
        ? "an image"
        : "an artifact of type " + type;
  }

  /**
   * Checks a size that a manifest gives.
   *
   * @throws LimitExceededException if it is over a limit, before anything is read
   */
  static void checkSize(Descriptor descriptor, long limit) throws LimitExceededException {
    if (descriptor.size() > limit) {
      throw new LimitExceededException(
          "%s has %d bytes, over the limit of %d"
              .formatted(descriptor.digest(), descriptor.size(), limit));
    }
  }
}
