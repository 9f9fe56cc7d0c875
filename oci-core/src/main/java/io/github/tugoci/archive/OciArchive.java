package io.github.tugoci.archive;

import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.LocalSource;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.content.TagSource;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.layout.LayoutIndex;
import io.github.tugoci.layout.LayoutSource;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.tar.TarFile;
import io.github.tugoci.tar.TarLimits;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image layout in a tar (skopeo's {@code oci-archive}), read where it is, without unpacking, and
 * written in one stream.
 *
 * <pre>{@code
 * OciArchive.write(file, target -> Copier.copy(source, "1.0", target, List.of("1.0"), options));
 * }</pre>
 */
public final class OciArchive implements ContentSource, LocalSource, ReferrerSource, TagSource {
  private final LayoutSource source;

  private OciArchive(LayoutSource source) {
    this.source = source;
  }

  /** Writes the content of an archive. */
  @FunctionalInterface
  public interface Content<T extends @Nullable Object> {
    /** Writes it; the target takes one piece after the other. */
    T writeTo(ContentTarget target) throws IOException;
  }

  /**
   * Opens an archive.
   *
   * @throws NotFoundException if the file doesn't exist or contains no layout
   * @throws FileSystemException if it is a pipe or a device: it is read here and there
   * @throws InvalidContentException if it isn't a tar, or an archive of docker save alone, or its
   *     layout's version is unknown
   */
  public static OciArchive open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw OciArchive.noFile(file);
    }
    var tar = TarFile.open(file, TarLimits.NONE);
    var source = LayoutSource.of(tar::open, file.toString());
    if (tar.size(LayoutSource.MARKER).isEmpty()) {
      throw other(file, tar);
    }
    source.check();
    return new OciArchive(source);
  }

  /** The error for what isn't a file that can be read here and there. */
  static NotFoundException noFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new NotFoundException(file + " not found");
    }
    if (!Files.isDirectory(file)) {
      InputFile.requireRegular(file);
    }
    return new NotFoundException(
        file
            + (Files.isDirectory(file)
                ? " is a directory, not a tar; as an OCI layout it is written oci:" + file
                : ": not a file"));
  }

  /** The error for a tar that isn't a layout. */
  private static OciException other(Path file, TarFile tar) {
    var what = "not an OCI layout in a tar: " + file + ": missing " + LayoutSource.MARKER;
    if (tar.size(DockerArchive.INDEX).isPresent()) {
      return new InvalidContentException(
          "not an OCI layout in a tar: " + file + ": an archive of docker save, a docker-archive");
    }
    var folder = tar.folderWith(LayoutSource.MARKER);
    return new NotFoundException(
        folder.isPresent()
            ? what + " at its top, but in the folder " + folder.get()
            : tar.size(LayoutSource.INDEX).isPresent()
                ? what + ", only an " + LayoutSource.INDEX
                : what);
  }

  /**
   * Writes an archive, which is there whole or not at all; one that was there is replaced. The same
   * content in the same order gives the same bytes.
   *
   * @param file the file
   * @return what the content's writer returns
   */
  public static <T extends @Nullable Object> T write(Path file, Content<T> content)
      throws IOException {
    return write(file, OciArchiveTarget::new, content);
  }

  /** Opens the end of a stream into a file that content goes to. */
  interface Opener {
    OciArchiveTarget open(OutputStream out, Path file, BegunArchive begun) throws IOException;
  }

  static <T extends @Nullable Object> T write(Path file, Opener opener, Content<T> content)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    var result = new Object[1];
    AtomicFile.writeContinued(
        file,
        (out, left) -> {
          var begun = BegunArchive.of(left);
          try (var archive = opener.open(new BufferedOutputStream(out, 1 << 16), file, begun)) {
            result[0] = content.writeTo(archive);
            archive.finish();
          }
        });
    @SuppressWarnings("unchecked") // what the writer returned
    var returned = (T) result[0];
    return returned;
  }

  /** The index. */
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

  /** The file. */
  @Override
  public String toString() {
    return source.toString();
  }
}
