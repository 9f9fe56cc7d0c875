package io.github.tugoci.registry;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.BlobSizeSource;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.EagerPushTarget;
import io.github.tugoci.content.ForcePushTarget;
import io.github.tugoci.content.GraphTarget;
import io.github.tugoci.content.MountTarget;
import io.github.tugoci.content.PeekSource;
import io.github.tugoci.content.RangeSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.content.ScopedSource;
import io.github.tugoci.content.SharedTagTarget;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A repository of a registry: a handle, cheap and immutable, on its content. As a source and target
 * it does what stores do; {@link #manifests}, {@link #blobs}, {@link #tags} and {@link #referrers}
 * are the registry's own operations.
 */
public final class Repository
    implements ContentSource,
        ContentTarget,
        BlobSizeSource,
        EagerPushTarget,
        ForcePushTarget,
        GraphTarget,
        MountTarget,
        PeekSource,
        RangeSource,
        ReferrerSource,
        RootTarget,
        ScopedSource,
        SharedTagTarget,
        TagSource {
  private final RepositoryContext endpoint;

  Repository(RepositoryContext endpoint) {
    this.endpoint = endpoint;
  }

  /** The registry's host, with its port if it has one. */
  public String host() {
    return endpoint.host();
  }

  /** The repository's name on its host. */
  public RepositoryName name() {
    return endpoint.name();
  }

  /** {@code HOST/NAME}. */
  public Reference reference() {
    return Reference.of(host(), name());
  }

  /** The repository's manifests. */
  public Manifests manifests() {
    return new Manifests(endpoint);
  }

  /** The repository's blobs. */
  public Blobs blobs() {
    return new Blobs(endpoint);
  }

  /** The repository's tags. */
  public Tags tags() {
    return new Tags(endpoint);
  }

  /** What in the repository refers to a manifest. */
  public Referrers referrers() {
    return new Referrers(endpoint);
  }

  /**
   * Finds what a tag, or a digest as text, names.
   *
   * @throws NotFoundException if nothing has that name
   */
  public Descriptor resolve(String reference) throws IOException {
    return resolve(Selector.parse(reference));
  }

  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    return manifests()
        .head(selector)
        .orElseThrow(() -> new NotFoundException(endpoint.describe(selector) + " not found"));
  }

  @Override
  public Optional<Descriptor> peek(Selector selector) throws IOException {
    return manifests().head(selector, true);
  }

  /**
   * Reads the manifest that a tag, or a digest as text, names.
   *
   * @throws NotFoundException if nothing has that name
   */
  public Manifest manifest(String reference) throws IOException {
    return manifest(Selector.parse(reference));
  }

  @Override
  public Manifest manifest(Selector selector) throws IOException {
    return manifests().get(selector);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return descriptor.mediaType().isManifest()
        ? manifests().read(descriptor).open()
        : blobs().fetch(descriptor);
  }

  @Override
  public InputStream fetch(Descriptor descriptor, long offset) throws IOException {
    return blobs().fetch(descriptor, offset);
  }

  @Override
  public long size(Digest blob) throws IOException {
    return blobs()
        .head(blob)
        .orElseThrow(() -> new NotFoundException(endpoint.describe(blob) + " not found"))
        .size();
  }

  @Override
  public boolean exists(Descriptor descriptor) throws IOException {
    return descriptor.mediaType().isManifest()
        ? peek(descriptor.digest()).isPresent()
        : blobs().exists(descriptor.digest());
  }

  @Override
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    return descriptor.mediaType().isManifest()
        ? push(descriptor, body, List.of())
        : blobs().push(descriptor, body);
  }

  @Override
  public Outcome eagerPush(Descriptor descriptor, Blob body) throws IOException {
    return descriptor.mediaType().isManifest()
        ? push(descriptor, body, List.of())
        : blobs().eagerPush(descriptor, body);
  }

  @Override
  public Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
    return descriptor.mediaType().isManifest()
        ? push(descriptor, body, List.of())
        : blobs().forcePush(descriptor, body);
  }

  @Override
  public Outcome push(Descriptor manifest, Blob body, List<Tag> tags) throws IOException {
    if (tags.isEmpty()) {
      manifests().put(manifest, body, manifest.digest());
    } else if (manifest.digest().algorithm() != Digest.Algorithm.SHA256) {
      putByDigest(manifest, body);
    }
    for (var tag : tags) {
      manifests().put(manifest, body, tag);
    }
    endpoint.memory().rememberPush(toString() + "@" + manifest.digest());
    return Outcome.TRANSFERRED;
  }

  @Override
  public void editTag(Tag tag, Edit edit) throws IOException {
    new SharedTag(endpoint, tag)
        .change(
            (present, written) ->
                edit.apply(present).map(manifest -> new SharedTag.Change(manifest, false)));
  }

  /** A registry that is given a tag alone calls the content by its own choice, SHA-256. */
  private void putByDigest(Descriptor manifest, Blob body) throws IOException {
    try {
      manifests().put(manifest, body, manifest.digest());
    } catch (RegistryException e) {
      if (e.status() != 400) {
        throw e;
      }
      endpoint
          .transport()
          .warn(
              "%s does not keep content as %s: it has its tags only"
                  .formatted(this, manifest.digest()));
    }
  }

  /**
   * Tags content that is there; a tag of that name moves.
   *
   * @throws NotFoundException if the content isn't there
   */
  public void tag(Descriptor descriptor, String tag) throws IOException {
    tag(descriptor, new Tag(tag));
  }

  @Override
  public void tag(Descriptor descriptor, Tag tag) throws IOException {
    var bytes = manifests().read(descriptor);
    // The descriptor's type may be a registry's word; what is written must go by its own.
    var type =
        descriptor.mediaType().isManifest()
            ? Manifest.received(descriptor.mediaType(), bytes).mediaType()
            : descriptor.mediaType();
    manifests()
        .write(Descriptor.of(type, descriptor.digest(), descriptor.size()), bytes, tag, Map.of());
  }

  @Override
  public List<Descriptor> referrers(Descriptor subject) throws IOException {
    return referrers().list(subject.digest());
  }

  @Override
  public List<Descriptor> referrers(Descriptor subject, Predicate<String> hasTag)
      throws IOException {
    return referrers().listKnowingTags(subject.digest(), hasTag);
  }

  @Override
  public List<String> listTags() throws IOException {
    try {
      return tags().list();
    } catch (NotFoundException e) {
      return List.of();
    }
  }

  @Override
  public boolean rejectsDanglingManifests() {
    return true;
  }

  @Override
  public boolean mountsFrom(ContentSource origin) {
    return origin instanceof Repository that && host().equals(that.host());
  }

  @Override
  public ContentSource withPushScope(ContentTarget target) {
    return target instanceof Repository that && mountsFrom(that)
        ? new Repository(endpoint.withPushTarget(that.name()))
        : this;
  }

  @Override
  public boolean likelyPresent(Descriptor root) {
    return endpoint.memory().pushedBefore(toString() + "@" + root.digest());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Repository that
        && endpoint.transport() == that.endpoint.transport()
        && host().equals(that.host())
        && name().equals(that.name());
  }

  @Override
  public int hashCode() {
    return name().value().hashCode();
  }

  /** {@code HOST/NAME}. */
  @Override
  public String toString() {
    return reference().toString();
  }
}
