package io.github.tugoci.publish;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartPushOptions;
import io.github.tugoci.helm.Charts;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A publication: images under common tags, and a chart under its version. Their manifests have been
 * read; nothing has been sent. Images are published as they were built, byte for byte: nothing is
 * added to them.
 */
public final class Publication {
  private final List<Item> images;
  private final @Nullable Item chart;

  /** Something that goes to a repository, or is there. */
  record Item(
      String name,
      ContentSource source,
      Root root,
      Repository target,
      Reference reference,
      List<Tag> tags) {

    boolean isThere() {
      return source == target;
    }
  }

  private Publication(Builder builder) {
    images = List.copyOf(builder.images);
    chart = builder.chart;
  }

  List<Item> images() {
    return images;
  }

  Optional<Item> chart() {
    return Optional.ofNullable(chart);
  }

  /**
   * The names of images that don't say where their source is, in {@code
   * org.opencontainers.image.source}: an annotation of their manifest or index, or an image's
   * label. GHCR links their packages to no repository. Images that are there already aren't looked
   * at.
   */
  public List<String> withoutSource() throws IOException {
    var names = new ArrayList<String>();
    for (var image : images) {
      if (!image.isThere() && !saysItsSource(image)) {
        names.add(image.name());
      }
    }
    return names;
  }

  private static boolean saysItsSource(Item image) throws IOException {
    if (image.root().manifest().annotations().containsKey(Annotations.SOURCE)) {
      return true;
    }
    if (!(image.root().manifest() instanceof ImageManifest manifest) || !isImage(manifest)) {
      return false;
    }
    try {
      var config = image.source().read(manifest.config(), Manifest.MAX_SIZE);
      return ImageConfig.parse(config).labels().containsKey(Annotations.SOURCE);
    } catch (InvalidContentException e) {
      return false;
    }
  }

  private static boolean isImage(ImageManifest manifest) {
    var type = manifest.config().mediaType();
    return type.equals(MediaType.OCI_CONFIG) || type.equals(MediaType.DOCKER_CONFIG);
  }

  /**
   * A builder with the images' tags, of which the first is in their references.
   *
   * @throws IllegalArgumentException if there is none, or one isn't a valid tag
   */
  public static Builder tagged(List<String> tags) {
    return new Builder(tags);
  }

  /** Builds a publication. */
  public static final class Builder {
    private final List<Tag> tags;
    private final List<Item> images = new ArrayList<>();
    private @Nullable Item chart;

    private Builder(List<String> tags) {
      this.tags = tags.stream().distinct().map(Builder::tag).toList();
      if (tags.isEmpty()) {
        throw new IllegalArgumentException("invalid publication: no tag");
      }
    }

    private static Tag tag(String tag) {
      if (!Reference.isTag(tag)) {
        throw new IllegalArgumentException(
            "invalid tag \"" + tag + "\": expected at most 128 letters, digits, '_', '.' and '-'");
      }
      return new Tag(tag);
    }

    /**
     * Publishes an image, or an index with all its images.
     *
     * @param name what it is called in the result, such as {@code api}
     * @param selector what the source finds it by
     * @param target its repository
     * @throws IllegalArgumentException if it is a chart
     * @throws NotFoundException if the source doesn't have it
     */
    public Builder image(String name, ContentSource source, Selector selector, Repository target)
        throws IOException {
      images.add(
          new Item(
              name,
              source,
              image(source, selector, Root.resolve(source, selector, target)),
              target,
              target.reference().withTag(tags.get(0).name()),
              tags));
      return this;
    }

    /**
     * Adds an image that is in the registry already: it is resolved, neither copied nor tagged.
     *
     * @param name what it is called in the result
     * @param reference where it is, with its tag or its digest
     * @throws IllegalArgumentException if it is a chart, or the reference has neither
     * @throws NotFoundException if it doesn't exist
     */
    public Builder imageThere(String name, RegistryClient client, Reference reference)
        throws IOException {
      var repository = client.repository(reference);
      var selector =
          reference
              .selector()
              .orElseThrow(
                  () -> new IllegalArgumentException("missing tag or digest: " + reference));
      var root = image(repository, selector, Root.resolve(repository, selector));
      images.add(new Item(name, repository, root, repository, reference, List.of()));
      return this;
    }

    private static Root image(ContentSource source, Selector selector, Root root) {
      if (root.manifest() instanceof ImageManifest image
          && image.config().mediaType().equals(ChartMedia.CONFIG)) {
        throw new IllegalArgumentException(
            "%s%s%s is a Helm chart, not an image"
                .formatted(source, selector instanceof Digest ? "@" : ":", selector));
      }
      return root;
    }

    /**
     * Publishes a chart, after all images.
     *
     * @param target the chart's own repository, whose last name is the chart's
     * @param options what its manifest says; how the pieces move is said to the publisher
     * @throws IllegalArgumentException if the repository has another name, or the version can't be
     *     a tag
     */
    public Builder chart(ChartArchive archive, Repository target, ChartPushOptions options)
        throws IOException {
      var name = archive.metadata().name();
      if (!target.name().lastComponent().equals(name)) {
        throw new IllegalArgumentException(
            "invalid repository "
                + target
                + ": Helm requires the chart's name "
                + name
                + " at its end");
      }
      var tag = tag(SemanticVersion.toTag(archive.metadata().version()));
      var store = Charts.store(archive, options);
      chart =
          new Item(
              name,
              store,
              Root.resolve(store, tag),
              target,
              target.reference().withTag(tag.name()),
              List.of(tag));
      return this;
    }

    /**
     * The publication.
     *
     * @throws IllegalArgumentException if there is nothing in it, a name stands for two images, or
     *     two things go to one repository
     */
    public Publication build() {
      var publication = new Publication(this);
      if (images.isEmpty() && chart == null) {
        throw new IllegalArgumentException("invalid publication: neither images nor a chart");
      }
      var names = new HashSet<String>();
      for (var image : images) {
        if (!names.add(image.name())) {
          throw new IllegalArgumentException(
              "invalid publication: two images are named " + image.name());
        }
      }
      var repositories = new HashSet<Reference>();
      for (var item : publication.moving()) {
        if (!repositories.add(item.target().reference())) {
          throw new IllegalArgumentException(
              "invalid publication: two items have the repository " + item.target());
        }
      }
      return publication;
    }
  }

  private List<Item> moving() {
    return Stream.concat(images.stream(), chart().stream())
        .filter(item -> !item.isThere())
        .toList();
  }
}
