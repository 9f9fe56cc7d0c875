package io.github.tugoci.content;

import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store in memory, for instance to assemble an artifact before it is copied. What is pushed is
 * held as bytes; what is added can be any body, such as a file. Thread-safe.
 */
public final class MemoryStore
    implements ContentSource,
        ContentTarget,
        BlobSource,
        BlobSizeSource,
        LocalSource,
        ReferrerSource,
        TagSource {
  private record Entry(Descriptor descriptor, Blob body) {}

  private final Map<Digest, Entry> entries = new ConcurrentHashMap<>();
  private final Map<String, Descriptor> tags = new ConcurrentSkipListMap<>();

  /**
   * Adds content without reading it; it is verified when it is fetched.
   *
   * @throws IllegalArgumentException if the body's size isn't the descriptor's
   */
  public void add(Descriptor descriptor, Blob body) {
    if (descriptor.size() != body.size()) {
      throw new IllegalArgumentException(
          "the body of %s has %d bytes instead of %d"
              .formatted(descriptor.digest(), body.size(), descriptor.size()));
    }
    entries.putIfAbsent(descriptor.digest(), new Entry(descriptor, body));
  }

  /** Adds bytes. */
  public Descriptor add(MediaType mediaType, Bytes content) {
    var descriptor = Descriptor.of(mediaType, content);
    add(descriptor, Blob.of(content));
    return descriptor;
  }

  /** Adds a manifest. */
  public Descriptor add(Manifest manifest) {
    return add(manifest.mediaType(), manifest.bytes());
  }

  /** The tags, sorted. */
  public List<String> tags() {
    return List.copyOf(tags.keySet());
  }

  @Override
  public List<String> listTags() {
    return tags();
  }

  @Override
  public Descriptor resolve(Selector selector) throws NotFoundException {
    if (selector instanceof Digest digest) {
      return entry(digest).descriptor();
    }
    var tagged = tags.get(selector.toString());
    if (tagged == null) {
      throw new NotFoundException("tag not found in memory: " + selector);
    }
    return tagged;
  }

  @Override
  public long size(Digest blob) throws NotFoundException {
    return entry(blob).descriptor().size();
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return VerifyingInputStream.of(entry(descriptor.digest()).body().open(), descriptor);
  }

  @Override
  public List<Descriptor> referrers(Descriptor subject) throws IOException {
    var referrers = new ArrayList<Descriptor>();
    for (var entry : entries.values()) {
      if (MediaType.MANIFESTS.contains(entry.descriptor().mediaType())) {
        var manifest = manifest(entry.descriptor());
        var about = manifest.subject();
        if (about != null && about.digest().equals(subject.digest())) {
          referrers.add(manifest.asReferrer(entry.descriptor()));
        }
      }
    }
    referrers.sort(Comparator.comparing(Descriptor::digest));
    return referrers;
  }

  /** A body that was added from another store keeps that as its origin. */
  @Override
  public Blob blob(Descriptor descriptor) throws NotFoundException {
    var added = entry(descriptor.digest()).body();
    return added.origin().isPresent() ? added : Blob.of(this, descriptor);
  }

  private Entry entry(Digest digest) throws NotFoundException {
    var entry = entries.get(digest);
    if (entry == null) {
      throw new NotFoundException("content not found in memory: " + digest);
    }
    return entry;
  }

  @Override
  public boolean exists(Descriptor descriptor) {
    return entries.containsKey(descriptor.digest());
  }

  @Override
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    if (exists(descriptor)) {
      return Outcome.SKIPPED;
    }
    var bytes = new ByteArrayOutputStream();
    Download.to(bytes, descriptor, body);
    add(descriptor, Blob.of(Bytes.of(bytes.toByteArray())));
    return Outcome.TRANSFERRED;
  }

  @Override
  public void tag(Descriptor descriptor, Tag tag) throws NotFoundException {
    entry(descriptor.digest());
    tags.put(tag.name(), descriptor);
  }

  /** For messages. */
  @Override
  public String toString() {
    return "memory";
  }
}
