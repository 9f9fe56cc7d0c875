package io.github.tugoci.reference;

import io.github.tugoci.text.FileName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place of content as a string names it, in the forms of skopeo (containers-transports(5)): a
 * repository of a registry, an OCI layout, or an archive.
 *
 * <pre>{@code
 * Location.parse("ghcr.io/acme/app:1.2.0");
 * Location.parse("oci:build/image:1.2.0");
 * }</pre>
 */
public sealed interface Location {
  /** The tag; empty if the string has none. */
  Optional<String> tag();

  /** The digest; empty if the string has none. */
  Optional<Digest> digest();

  /** The digest, else the tag; empty if the string has neither. */
  default Optional<Selector> selector() {
    return digest().<Selector>map(digest -> digest).or(() -> tag().map(Tag::new));
  }

  /** Whether it has neither a tag nor a digest. */
  default boolean isBare() {
    return selector().isEmpty();
  }

  /** The repository, directory or file, without tag and digest. */
  Location bare();

  /** The same place with a tag and without a digest. */
  Location withTag(String tag);

  /** Whether it holds images only, one for each name: Docker's archives have no indexes. */
  default boolean holdsOneImage() {
    return isOn(Form.DOCKER_ARCHIVE);
  }

  /** Whether it is a file, which is written as one sequence. */
  default boolean isArchive() {
    return isOn(Form.OCI_ARCHIVE) || isOn(Form.DOCKER_ARCHIVE);
  }

  private boolean isOn(Form form) {
    return this instanceof OnDisk disk && disk.form() == form;
  }

  /**
   * {@code [docker://|oci://]HOST[:PORT]/NAME[:TAG][@DIGEST]}.
   *
   * @param reference the reference, without a scheme
   */
  record InRegistry(Reference reference) implements Location {
    @Override
    public Optional<String> tag() {
      return Optional.ofNullable(reference.tag());
    }

    @Override
    public Optional<Digest> digest() {
      return Optional.ofNullable(reference.digest());
    }

    @Override
    public Location bare() {
      return new InRegistry(reference.withoutTagAndDigest());
    }

    @Override
    public Location withTag(String tag) {
      return new InRegistry(reference.withoutTagAndDigest().withTag(tag));
    }

    /** The reference, without a scheme. */
    @Override
    public String toString() {
      return reference.toString();
    }
  }

  /** The forms of content on disk. */
  enum Form {
    /** An OCI layout in a directory. */
    LAYOUT("oci:", "DIR"),
    /** An OCI layout in a tar. */
    OCI_ARCHIVE("oci-archive:", "FILE"),
    /** The output of {@code docker save}. */
    DOCKER_ARCHIVE("docker-archive:", "FILE");

    private final String prefix;
    private final String placeholder;

    Form(String prefix, String placeholder) {
      this.prefix = prefix;
      this.placeholder = placeholder;
    }

    /** The content's name: Docker's names always have a tag; {@code @0} is an index, not a name. */
    private @Nullable String name(@Nullable String written) {
      return this == DOCKER_ARCHIVE
              && written != null
              && !written.startsWith("@")
              && written.lastIndexOf(':') <= written.lastIndexOf('/')
          ? written + ":latest"
          : written;
    }
  }

  /**
   * {@code oci:DIR[:TAG][@DIGEST]}, {@code oci-archive:FILE[:TAG][@DIGEST]} or {@code
   * docker-archive:FILE[:NAME:TAG]}.
   *
   * @param form the form
   * @param path the directory or file
   * @param name the tag or, in Docker's archive, the name with its tag; or null
   * @param hash the digest, or null
   */
  record OnDisk(Form form, Path path, @Nullable String name, @Nullable Digest hash)
      implements Location {
    @Override
    public Optional<String> tag() {
      return Optional.ofNullable(name);
    }

    @Override
    public Optional<Digest> digest() {
      return Optional.ofNullable(hash);
    }

    @Override
    public Location bare() {
      return new OnDisk(form, path, null, null);
    }

    @Override
    public Location withTag(String tag) {
      return new OnDisk(form, path, tag, null);
    }

    /** The string that {@link Location#parse} reads. */
    @Override
    public String toString() {
      return form.prefix
          + FileName.textOf(path)
          + (name == null ? "" : ":" + name)
          + (hash == null ? "" : "@" + hash);
    }
  }

  /**
   * Parses a string.
   *
   * @throws InvalidReferenceException if it is malformed
   */
  static Location parse(String text) {
    if (!text.startsWith("oci://")) {
      for (var form : Form.values()) {
        if (text.startsWith(form.prefix)) {
          return onDisk(form, text);
        }
      }
    }
    if (text.startsWith(".") || text.startsWith("/")) {
      throw new InvalidReferenceException(
          "reference",
          text,
          0,
          "neither a registry's nor an OCI layout's",
          "write oci:" + text + " for an OCI layout in a directory");
    }
    return new InRegistry(Reference.parse(text));
  }

  /** Whether a string has the prefix of a layout or an archive. */
  static boolean isOnDisk(String text) {
    return !text.startsWith("oci://")
        && Arrays.stream(Form.values()).anyMatch(form -> text.startsWith(form.prefix));
  }

  private static Location onDisk(Form form, String text) {
    int start = form.prefix.length();
    int end = text.length();
    Digest digest = null;
    int at = text.lastIndexOf('@');
    if (at >= start && Digest.isDigest(text.substring(at + 1))) {
      digest = Digest.parse(text.substring(at + 1));
      end = at;
    }
    // C:\ is a drive, not a directory C
    boolean drive = text.substring(start).matches("(?s)[a-zA-Z]:[\\\\/].*");
    int colon = text.indexOf(':', start + (drive ? 2 : 0));
    int pathEnd = colon < 0 || colon >= end ? end : colon;
    if (pathEnd == start || pathEnd + 1 == end) {
      throw new InvalidReferenceException(
          "reference",
          text,
          pathEnd,
          pathEnd == start ? "missing path" : "missing tag",
          "write %1$s%2$s or %1$s%2$s:TAG".formatted(form.prefix, form.placeholder));
    }
    var name = pathEnd == end ? null : text.substring(pathEnd + 1, end);
    try {
      var path = FileName.path(text.substring(start, pathEnd));
      return new OnDisk(form, path, form.name(name), digest);
    } catch (InvalidPathException e) {
      throw new InvalidReferenceException(
          "reference", text, start, "invalid path: " + e.getReason(), "choose another path");
    }
  }
}
