package io.github.tugoci.layout;

import static java.util.Objects.requireNonNull;

import io.github.tugoci.content.Blob;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.Download;
import io.github.tugoci.content.ForcePushTarget;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.RootTarget;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.content.ZeroCopySource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * An image layout in a directory (image-spec, image-layout.md). Each file is there whole or not at
 * all, and several threads and processes may write at once: none loses what another did. Reading
 * writes nothing.
 */
public final class OciLayout
    implements ContentSource,
        ContentTarget,
        ForcePushTarget,
        LocalSource,
        ReferrerSource,
        RootTarget,
        TagSource {
  private final Path directory;
  private final LayoutSource source;
  private final AtomicBoolean swept = new AtomicBoolean();

  private OciLayout(Path directory) {
    this.directory = directory;
    this.source = LayoutSource.of(this::openFile, directory.toString());
  }

  private Optional<InputStream> openFile(String path) throws IOException {
    var file = directory.resolve(path);
    if (!Files.isRegularFile(file) && Files.exists(file)) {
      // A pipe would be waited for without end.
      throw new InvalidContentException(file + " is not a regular file");
    }
    try {
      return Optional.of(ZeroCopySource.open(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Opens a layout that is there.
   *
   * @throws NotFoundException if the directory doesn't exist or isn't a layout
   * @throws InvalidContentException if its version is unknown
   */
  public static OciLayout open(Path directory) throws IOException {
    if (!Files.exists(directory.resolve(LayoutSource.MARKER))) {
      throw new NotFoundException(otherwise(directory));
    }
    var layout = new OciLayout(directory);
    layout.source.check();
    return layout;
  }

  /** The error for a path that isn't a layout. */
  private static String otherwise(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Files.exists(directory)
          ? "not an OCI layout: "
              + directory
              + ": a file; a tar is an oci-archive or a docker-archive"
          : directory + " not found";
    }
    var what = "not an OCI layout: " + directory + ": missing " + LayoutSource.MARKER;
    try (var children = Files.list(directory)) {
      var inside =
          children.filter(child -> Files.exists(child.resolve(LayoutSource.MARKER))).sorted();
      return inside
          .findFirst()
          .map(child -> what + ", but its folder " + child.getFileName() + " is one")
          .orElse(
              Files.exists(directory.resolve(LayoutSource.INDEX))
                  ? what + ", only an " + LayoutSource.INDEX
                  : what);
    }
  }

  /**
   * Opens a layout, or names a directory that becomes one with the first push.
   *
   * @throws InvalidContentException if it is a layout of an unknown version
   */
  public static OciLayout create(Path directory) throws IOException {
    return Files.exists(directory.resolve(LayoutSource.MARKER))
        ? open(directory)
        : new OciLayout(directory);
  }

  /** The directory. */
  public Path directory() {
    return directory;
  }

  /**
   * Reads the index as it is now; without entries if the layout doesn't exist yet.
   *
   * @throws InvalidContentException if it is malformed or too large
   */
  public LayoutIndex index() throws IOException {
    return source.index();
  }

  /** The tags, in the index's order. */
  public List<String> tags() throws IOException {
    return index().tags();
  }

  @Override
  public List<String> listTags() throws IOException {
    return tags();
  }

  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    return source.resolve(selector);
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return source.fetch(descriptor);
  }

  /** The referrers among the manifests that the index reaches. */
  @Override
  public List<Descriptor> referrers(Descriptor subject) throws IOException {
    return source.referrers(subject);
  }

  /** Whether a file of that digest and size is there; its content is checked when it is read. */
  @Override
  public boolean exists(Descriptor descriptor) throws IOException {
    var file = file(descriptor.digest());
    return Files.isRegularFile(file) && Files.size(file) == descriptor.size();
  }

  @Override
  public Outcome push(Descriptor descriptor, Blob body) throws IOException {
    return exists(descriptor) ? Outcome.SKIPPED : forcePush(descriptor, body);
  }

  @Override
  public Outcome forcePush(Descriptor descriptor, Blob body) throws IOException {
    prepare();
    var file = file(descriptor.digest());
    checkNoLink(directory.resolve("blobs"));
    var folder = requireNonNull(file.getParent());
    checkNoLink(folder);
    Files.createDirectories(folder);
    Download.toFile(file, descriptor, body);
    return Outcome.TRANSFERRED;
  }

  @Override
  public Outcome push(Descriptor manifest, Blob body, List<Tag> tags) throws IOException {
    var outcome = push(manifest, body);
    change(
        index -> {
          var changed = index.with(manifest);
          for (var tag : tags) {
            changed = changed.with(manifest, tag.name());
          }
          return changed;
        });
    if (swept.compareAndSet(false, true)) {
      AtomicFile.removeLeftovers(requireNonNull(file(manifest.digest()).getParent()));
      AtomicFile.removeLeftovers(directory);
    }
    return outcome;
  }

  /** A layout may come from elsewhere, with a link that would have its blobs written there. */
  private static void checkNoLink(Path directory) throws IOException {
    if (Files.isSymbolicLink(directory)) {
      throw new FileSystemException(
          directory.toString(), null, "is a symbolic link, nothing is written through it");
    }
  }

  @Override
  public void tag(Descriptor descriptor, Tag tag) throws IOException {
    if (!exists(descriptor)) {
      throw source.missing(descriptor.digest());
    }
    change(index -> index.with(descriptor, tag.name()));
  }

  /**
   * Removes a tag. The content stays.
   *
   * @throws NotFoundException if the tag doesn't exist
   */
  public void untag(String tag) throws IOException {
    if (!index().tags().contains(tag)) {
      throw new NotFoundException("tag \"" + tag + "\" not found in " + directory);
    }
    change(index -> index.without(tag));
  }

  /** The directory. */
  @Override
  public String toString() {
    return directory.toString();
  }

  private void change(UnaryOperator<LayoutIndex> change) throws IOException {
    IndexLock.during(directory, () -> write(indexFile(), change.apply(index()).bytes()));
  }

  /** Makes the directory a layout; the marker comes last, so a layout always has an index. */
  private void prepare() throws IOException {
    var marker = directory.resolve(LayoutSource.MARKER);
    if (Files.exists(marker)) {
      return;
    }
    Files.createDirectories(directory.resolve("blobs"));
    IndexLock.during(
        directory,
        () -> {
          if (!Files.exists(marker)) { // else another thread or process made it meanwhile
            write(indexFile(), index().bytes());
            write(marker, LayoutSource.marker());
          }
        });
  }

  private static void write(Path file, Bytes content) throws IOException {
    AtomicFile.write(file, out -> out.write(content.toArray()));
  }

  private Path indexFile() {
    return directory.resolve(LayoutSource.INDEX);
  }

  private Path file(Digest digest) {
    return directory.resolve(LayoutSource.path(digest));
  }
}
