package io.github.tugoci.layout;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.content.VerifyingInputStream;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.json.Json;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A read-only image layout, wherever its files are (image-spec, image-layout.md). */
public final class LayoutSource implements ContentSource, LocalSource, ReferrerSource, TagSource {
  /** The file that makes a directory a layout. */
  public static final String MARKER = "oci-layout";

  /** The file of the index. */
  public static final String INDEX = "index.json";

  private static final String VERSION = "1.0.0";
  private static final int MAX_MARKER_SIZE = 1024;

  private final FileOpener files;
  private final String name;
  private volatile @Nullable Known known;

  /** What was found out about an index. */
  private record Known(List<Descriptor> roots, LayoutReferrers referrers) {}

  /** Opens a layout's files. */
  @FunctionalInterface
  public interface FileOpener {
    /**
     * Opens a file from its beginning; the caller closes it.
     *
     * @param path the path in the layout, with slashes
     * @return the bytes; empty if the file doesn't exist
     */
    Optional<InputStream> open(String path) throws IOException;
  }

  private LayoutSource(FileOpener files, String name) {
    this.files = files;
    this.name = name;
  }

  /**
   * A layout of these files, which nothing has checked yet.
   *
   * @param name what it is called in errors
   */
  public static LayoutSource of(FileOpener files, String name) {
    return new LayoutSource(files, name);
  }

  /** The content of the marker file. */
  public static Bytes marker() {
    return Bytes.of(Json.write(Map.of("imageLayoutVersion", VERSION)));
  }

  /** The path of content in a layout. */
  public static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }

  /**
   * Checks that it is a layout.
   *
   * @throws NotFoundException if the marker isn't there
   * @throws InvalidContentException if its version is unknown
   */
  public void check() throws IOException {
    var marker =
        read(MARKER, MAX_MARKER_SIZE)
            .orElseThrow(() -> new NotFoundException("not an OCI layout: " + name));
    var version =
        Json.parseObject(marker.toArray(), name + "/" + MARKER)
            .requiredString("imageLayoutVersion");
    if (!version.equals(VERSION)) {
      throw new InvalidContentException(
          name + "/" + MARKER + " has the unknown version " + version);
    }
  }

  /**
   * Reads the index as it is now; without entries if there is none.
   *
   * @throws InvalidContentException if it is malformed or too large
   */
  public LayoutIndex index() throws IOException {
    var index = read(INDEX, LayoutIndex.MAX_SIZE);
    return index.isPresent()
        ? LayoutIndex.parse(index.get(), name + "/" + INDEX)
        : LayoutIndex.empty();
  }

  @Override
  public List<String> listTags() throws IOException {
    return index().tags();
  }

  @Override
  public Descriptor resolve(Selector selector) throws IOException {
    var index = index();
    if (selector instanceof Digest digest) {
      var entry = index.find(digest);
      return entry.isPresent() ? entry.get() : manifestNamed(digest);
    }
    return index
        .find(selector.toString())
        .orElseThrow(
            () ->
                new NotFoundException(
                    "tag \"%s\" not found in %s; it has %s"
                        .formatted(selector, name, index.tags())));
  }

  /** A manifest that only another manifest names: its type is in its own bytes. */
  private Descriptor manifestNamed(Digest digest) throws IOException {
    var bytes = read(path(digest), Manifest.MAX_SIZE).orElseThrow(() -> missing(digest));
    return Descriptor.of(Manifest.parse(bytes).mediaType(), digest, bytes.size());
  }

  @Override
  public InputStream fetch(Descriptor descriptor) throws IOException {
    return new VerifyingInputStream(
        files.open(path(descriptor.digest())).orElseThrow(() -> missing(descriptor.digest())),
        descriptor);
  }

  @Override
  public List<Descriptor> referrers(Descriptor subject) throws IOException {
    var roots = index().entries();
    var last = known;
    if (last != null && last.roots().equals(roots)) {
      return last.referrers().of(subject.digest());
    }
    var referrers = LayoutReferrers.read(this, roots);
    if (referrers.isComplete()) {
      known = new Known(roots, referrers);
    }
    return referrers.of(subject.digest());
  }

  NotFoundException missing(Digest digest) {
    return new NotFoundException("content not found in " + name + ": " + digest);
  }

  private Optional<Bytes> read(String path, int limit) throws IOException {
    var file = files.open(path);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (var in = file.get()) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new InvalidContentException(
            name + "/" + path + " is over the limit of " + limit + " bytes");
      }
      return Optional.of(Bytes.of(bytes));
    }
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
