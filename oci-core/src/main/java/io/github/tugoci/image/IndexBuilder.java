package io.github.tugoci.image;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.copy.CopyResult;
import io.github.tugoci.copy.Root;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.DockerSchema1Manifest;
import io.github.tugoci.model.ImageConfig;
import io.github.tugoci.model.ImageIndex;
import io.github.tugoci.model.ImageManifest;
import io.github.tugoci.model.ImageValidator;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * An image index that is put together from images, wherever they are, in the order in which they
 * are added. An index that is added gives its images, and what BuildKit keeps beside them.
 */
public final class IndexBuilder {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_CONFIG = 4 << 20;

  private final Map<Digest, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> annotations = new TreeMap<>();
  private List<Platform> wanted = List.of();
  private int additions;

  /** An image, where it is, and with which addition it came. */
  private record Entry(Descriptor descriptor, ContentSource source, int addition) {
    boolean isImage() {
      var platform = descriptor.platform();
      return platform != null && !platform.os().equals("unknown");
    }

    boolean serves(Platform wanted) {
      var platform = descriptor.platform();
      return platform != null && platform.serves(wanted);
    }

    /** The digest of the image that it is, or that it is an attestation about. */
    String image() {
      var own = descriptor.digest().toString();
      return descriptor.annotations().getOrDefault(Annotations.DOCKER_REFERENCE_DIGEST, own);
    }
  }

  /** An index of nothing yet. */
  public IndexBuilder() {}

  /**
   * Adds an image or an index' images; what was added before isn't added again. An image's platform
   * is read from its configuration.
   *
   * @param source where it is; it must stay open until the index has been copied
   * @throws IllegalArgumentException if another image was added for the same platform
   * @throws InvalidContentException if it is malformed, or an index of indexes without end
   */
  public IndexBuilder add(ContentSource source, Manifest manifest) throws IOException {
    return add(source, Root.of(manifest));
  }

  /**
   * Adds an image or an index' images, named by the digests that they were asked for by.
   *
   * @param source where it is; it must stay open until the index has been copied
   * @throws IllegalArgumentException if another image was added for the same platform
   * @throws InvalidContentException if it is malformed, or an index of indexes without end
   */
  public IndexBuilder add(ContentSource source, Root root) throws IOException {
    additions++;
    add(source, root.manifest(), root.descriptor(), 0);
    return this;
  }

  private void add(ContentSource source, Manifest manifest, Descriptor descriptor, int depth)
      throws IOException {
    if (manifest instanceof ImageManifest image) {
      put(source, described(source, image, descriptor));
      return;
    }
    if (manifest instanceof DockerSchema1Manifest) {
      throw new InvalidContentException(
          "%s of %s is a Docker manifest of schema 1, which no index can name"
              .formatted(descriptor.digest(), source));
    }
    if (depth == MAX_DEPTH) {
      throw new InvalidContentException(descriptor.digest() + " is an index too deep in others");
    }
    for (var child : manifest.children()) {
      boolean untold = child.mediaType().isManifest() && child.platform() == null;
      if (child.mediaType().isIndex() || untold) {
        add(source, source.manifest(child), child, depth + 1);
      } else {
        put(source, child);
      }
    }
  }

  private static Descriptor described(ContentSource source, ImageManifest image, Descriptor known)
      throws IOException {
    if (known.platform() != null || !image.config().mediaType().isImageConfig()) {
      return known.withArtifactType(image.artifactType());
    }
    var config = source.read(image.config(), MAX_CONFIG);
    ImageValidator.check(image, config);
    return known.withPlatform(ImageConfig.parse(config).platform());
  }

  private void put(ContentSource source, Descriptor descriptor) {
    var entry = new Entry(descriptor, source, additions);
    for (var other : entries.values()) {
      if (entry.isImage()
          && other.addition != additions
          && !other.descriptor.digest().equals(descriptor.digest())
          && Objects.equals(descriptor.platform(), other.descriptor.platform())) {
        throw new IllegalArgumentException(
            "%s and %s are both for %s"
                .formatted(other.descriptor.digest(), descriptor.digest(), descriptor.platform()));
      }
    }
    entries.putIfAbsent(descriptor.digest(), entry);
  }

  /** Sets an annotation of the index. */
  public IndexBuilder annotation(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  /** Keeps only images for these platforms, and attestations about them; empty keeps all. */
  public IndexBuilder only(List<Platform> platforms) {
    wanted = List.copyOf(platforms);
    return this;
  }

  /**
   * The index.
   *
   * @throws NotFoundException if no image is for one of the wanted platforms
   */
  public ImageIndex index() throws NotFoundException {
    return ImageIndex.of(kept().stream().map(Entry::descriptor).toList(), annotations);
  }

  /**
   * Copies the images, as far as they aren't there, and then the index.
   *
   * @param tags the index's tags at the target; may be empty
   * @throws IOException as {@link Copier#copy} does
   */
  public CopyResult copy(ContentTarget target, List<String> tags, CopyOptions options)
      throws IOException {
    var index = index();
    var kept = kept();
    boolean there = kept.stream().allMatch(entry -> entry.source.equals(target));
    if (there && options.overwrite()) {
      RootTarget.push(
          target, index.descriptor(), Blob.of(index.bytes()), tags.stream().map(Tag::new).toList());
      return CopyResult.nothing(index.descriptor());
    }
    var store = new MemoryStore();
    for (var entry : kept) {
      if (!entry.descriptor.mediaType().isManifest()) {
        store.add(entry.descriptor, BlobSource.blob(entry.source, entry.descriptor));
        continue;
      }
      var manifest = entry.source.manifest(entry.descriptor);
      store.add(entry.descriptor, Blob.of(manifest.bytes()));
      for (var child : manifest.children()) {
        store.add(child, BlobSource.blob(entry.source, child));
      }
    }
    store.add(index);
    return Copier.copy(store, Root.of(index), target, tags, options);
  }

  private List<Entry> kept() throws NotFoundException {
    if (wanted.isEmpty()) {
      return List.copyOf(entries.values());
    }
    var images = new HashSet<String>();
    for (var platform : wanted) {
      var served = entries.values().stream().filter(entry -> entry.serves(platform)).toList();
      if (served.isEmpty()) {
        throw new NotFoundException("no image for platform " + platform + " in the index");
      }
      served.forEach(entry -> images.add(entry.descriptor.digest().toString()));
    }
    return entries.values().stream().filter(entry -> images.contains(entry.image())).toList();
  }
}
