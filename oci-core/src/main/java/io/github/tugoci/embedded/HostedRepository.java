package io.github.tugoci.embedded;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the registry: its content, tags and referrers. Writers come one after the other.
 */
final class HostedRepository {
  private final RepositoryName name;
  private final RepositoryStore store;
  private @Nullable RepositoryContents index;
  private Object version = "";

  /** Decides whether what a tag or digest names may be replaced. */
  interface Precondition {
    void check(@Nullable Descriptor current) throws HttpError;
  }

  HostedRepository(RepositoryName name, RepositoryStore store) {
    this.name = name;
    this.store = store;
  }

  RepositoryName name() {
    return name;
  }

  /** Whether it ever got content: failed pushes alone don't create a repository. */
  boolean exists() {
    return store.exists();
  }

  /** The index as it is now; it is read again if another program wrote it. */
  synchronized RepositoryContents index() throws IOException {
    var current = store.version();
    if (index == null || !current.equals(version)) {
      index = load();
      version = current;
    }
    return index;
  }

  private RepositoryContents load() throws IOException {
    var loaded = new RepositoryContents();
    for (var entry : store.readIndex()) {
      var annotations = new LinkedHashMap<>(entry.annotations());
      var tag = annotations.remove(Annotations.REF_NAME);
      var listed = entry.withAnnotations(annotations);
      if (!load(listed, loaded) || (tag != null && !Reference.isTag(tag))) {
        loaded.keep(entry);
      } else if (tag != null) {
        loaded.tag(tag, listed);
      }
    }
    return loaded;
  }

  /** Learns a manifest and, if it is an index, those that it names and that are there. */
  private boolean load(Descriptor listed, RepositoryContents into) throws IOException {
    if (into.find(listed.digest()) != null) {
      return true;
    }
    var content = store.find(listed.digest());
    if (content == null || content.size() > Manifest.MAX_SIZE) {
      return false;
    }
    Manifest manifest;
    try {
      manifest = Manifest.parse(listed.mediaType(), content.read());
    } catch (InvalidContentException e) {
      return false;
    }
    into.add(listed, manifest);
    for (var child : manifest.children()) {
      if (child.mediaType().isManifest()) {
        load(child.plain(), into);
      }
    }
    return true;
  }

  /** The manifest that a tag or a digest names; null if there is none. */
  @Nullable Descriptor manifest(String reference) throws IOException {
    try {
      return Digest.isDigest(reference)
          ? index().find(Digest.parse(reference))
          : index().find(reference);
    } catch (InvalidReferenceException e) {
      return null;
    }
  }

  /** Content of any kind; null if it isn't here. */
  @Nullable Content content(Digest digest) throws IOException {
    return store.find(digest);
  }

  /** Takes a blob that matches its digest. */
  void putBlob(Digest digest, Spool blob) throws IOException {
    store.keep(digest, blob);
  }

  /** Takes a blob of another repository. */
  void mount(Digest digest, Content blob) throws IOException {
    store.link(digest, blob);
  }

  /** Deletes a blob; false if it isn't here. */
  synchronized boolean deleteBlob(Digest digest) throws IOException, HttpError {
    if (index().find(digest) != null) {
      throw new HttpError(
          405, ErrorCode.UNSUPPORTED, digest + " is a manifest: delete it below /manifests/");
    }
    boolean present = store.find(digest) != null;
    store.remove(digest);
    return present;
  }

  /**
   * Takes a manifest and lets tags name it.
   *
   * @param digest its digest, by the algorithm under which it is known
   * @param reference what the precondition looks at
   * @throws HttpError if something that it refers to isn't here
   */
  synchronized void putManifest(
      Manifest manifest,
      Digest digest,
      List<String> tags,
      String reference,
      Precondition precondition)
      throws IOException, HttpError {
    var current = index();
    precondition.check(manifest(reference));
    requireChildren(manifest, current);
    var listed = Descriptor.of(manifest.mediaType(), digest, manifest.bytes().size());
    try (var spool = Spool.of(manifest.bytes(), store.scratch())) {
      store.keep(digest, spool);
    }
    current.add(listed, manifest);
    tags.forEach(tag -> current.tag(tag, listed));
    save(current);
  }

  private void requireChildren(Manifest manifest, RepositoryContents current)
      throws IOException, HttpError {
    var missing = new ArrayList<Map<String, Object>>();
    for (var child : manifest.children()) {
      boolean present =
          child.mediaType().isManifest()
              ? current.find(child.digest()) != null
              : isElsewhere(child) || store.find(child.digest()) != null;
      if (!present && missing.size() < 20) {
        missing.add(
            HttpError.error(
                ErrorCode.MANIFEST_BLOB_UNKNOWN,
                "the manifest references content unknown to the repository",
                Map.of("digest", child.digest().toString())));
      }
    }
    if (!missing.isEmpty()) {
      throw new HttpError(400, missing, "content is missing");
    }
  }

  /** Layers that may not be distributed are fetched from elsewhere. */
  private static boolean isElsewhere(Descriptor layer) {
    return !layer.urls().isEmpty()
        || layer.mediaType().value().contains(".nondistributable.")
        || layer.mediaType().equals(FOREIGN);
  }

  private static final MediaType FOREIGN =
      new MediaType("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

  /** Deletes a tag; false if there is none. */
  synchronized boolean deleteTag(String tag, Precondition precondition)
      throws IOException, HttpError {
    var current = index();
    var tagged = current.find(tag);
    if (tagged == null) {
      return false;
    }
    precondition.check(tagged);
    return current.untag(tag) && save(current);
  }

  /** Deletes a manifest and the tags that name it; false if it isn't here. */
  synchronized boolean deleteManifest(Digest digest) throws IOException {
    var current = index();
    if (!current.remove(digest)) {
      return false;
    }
    save(current);
    // its bytes may be a layer of something as well
    if (!current.isBlob(digest)) {
      store.remove(digest);
    }
    return true;
  }

  private boolean save(RepositoryContents changed) throws IOException {
    // until it is saved the change is not trusted: after a failure the index is read again
    index = null;
    store.writeIndex(changed.entries());
    version = store.version();
    index = changed;
    return true;
  }
}
