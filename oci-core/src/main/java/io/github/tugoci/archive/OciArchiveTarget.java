package io.github.tugoci.archive;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.LayoutIndex;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.tar.TarEntry;
import io.github.tugoci.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Writes content to a tar: the marker first, the content in the order of the pushes, the index
 * last.
 */
class OciArchiveTarget implements ContentTarget, RootTarget, AutoCloseable {
  private final TarWriter tar;
  private final Path file;
  private final BegunArchive begun;
  private final Set<Digest> written = new HashSet<>();
  private LayoutIndex index = LayoutIndex.empty();

  /** What failed stands in the stream in part; nothing good can follow. */
  private boolean failed;

  OciArchiveTarget(OutputStream out, Path file, BegunArchive begun) throws IOException {
    this.begun = begun;
    this.tar = new TarWriter(out);
    this.file = file;
    add(LayoutSource.MARKER, LayoutSource.marker());
  }

  final void add(String name, Bytes content) throws IOException {
    tar.add(TarEntry.file(name, content.size(), Instant.EPOCH), content.toArray());
  }

  @Override
  public synchronized boolean exists(Descriptor descriptor) {
    return written.contains(descriptor.digest());
  }

  @Override
  public synchronized Outcome push(Descriptor descriptor, Blob body) throws IOException {
    if (exists(descriptor)) {
      return Outcome.SKIPPED;
    }
    if (failed) {
      throw new IOException("cannot finish " + file + ": an earlier write failed");
    }
    failed = true;
    var entry =
        TarEntry.file(LayoutSource.path(descriptor.digest()), descriptor.size(), Instant.EPOCH);
    try (var in = VerifyingInputStream.of(begun.open(descriptor, body), descriptor)) {
      tar.add(entry, in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    failed = false;
    written.add(descriptor.digest());
    return Outcome.TRANSFERRED;
  }

  @Override
  public synchronized Outcome push(Descriptor manifest, Blob body, List<Tag> tags)
      throws IOException {
    var outcome = push(manifest, body);
    index = index.with(manifest);
    for (var tag : tags) {
      tag(manifest, tag);
    }
    return outcome;
  }

  @Override
  public synchronized void tag(Descriptor descriptor, Tag tag) throws NotFoundException {
    check(descriptor);
    change(index -> index.with(descriptor, tag.name()));
  }

  final void check(Descriptor descriptor) throws NotFoundException {
    if (!exists(descriptor)) {
      throw new NotFoundException("content not found in " + file + ": " + descriptor.digest());
    }
  }

  final void change(UnaryOperator<LayoutIndex> change) {
    index = change.apply(index);
  }

  final LayoutIndex index() {
    return index;
  }

  /** Writes the index: the archive is whole then. */
  void finish() throws IOException {
    if (failed) {
      throw new IOException("cannot finish " + file + ": a write failed");
    }
    add(LayoutSource.INDEX, index.bytes());
  }

  @Override
  public void close() throws IOException {
    tar.close();
  }

  /** The file. */
  @Override
  public String toString() {
    return file.toString();
  }
}
