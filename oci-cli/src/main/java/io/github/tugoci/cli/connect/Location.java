package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.FileName;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where content is, as a person writes it, in skopeo's words. */
public sealed interface Location {
  /** How a person writes what is anywhere, for help texts. */
  String ANYWHERE =
      "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
          + " docker-archive:FILE[:NAME:TAG].";

  /** How a person writes what something new is pushed to, for help texts. */
  String TARGET = "HOST/NAME[:TAG], oci:DIR[:TAG] or oci-archive:FILE[:TAG].";

  /** The tag, if one was written. */
  Optional<String> tag();

  /** The digest, if one was written. */
  Optional<Digest> digest();

  /** What is asked for: the digest, else the tag; empty if neither was written. */
  default Optional<Selector> selector() {
    return digest().<Selector>map(digest -> digest).or(() -> tag().map(Tag::new));
  }

  /** Whether it names a place alone, and nothing in it. */
  default boolean isBare() {
    return tag().isEmpty() && digest().isEmpty();
  }

  /**
   * Checks that what is there can be changed.
   *
   * @throws InvalidInputException if it is an archive
   */
  default void checkChangeable() {
    if (isArchive()) {
      throw new InvalidInputException(
          "archives can't be changed: " + this, "copy it to a registry or an OCI layout first");
    }
  }

  /** The repository, directory or file alone. */
  Location bare();

  /** The same place with a tag. */
  Location withTag(String tag);

  /** Whether it takes images one by one, and no index. */
  default boolean holdsOneImage() {
    return isOn(Form.DOCKER_ARCHIVE);
  }

  /** Whether it is a file, which takes one piece after the other. */
  default boolean isArchive() {
    return isOn(Form.OCI_ARCHIVE) || isOn(Form.DOCKER_ARCHIVE);
  }

  private boolean isOn(Form form) {
    return this instanceof OnDisk disk && disk.form() == form;
  }

  /**
   * {@code [docker://|oci://]HOST[:PORT]/NAME[:TAG][@DIGEST]}.
   *
   * @param reference what it says
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

  /** The forms in which content stands on the disk. */
  enum Form {
    /** An OCI layout in a directory. */
    LAYOUT("oci:", "DIR"),
    /** An OCI layout in a tar. */
    OCI_ARCHIVE("oci-archive:", "FILE"),
    /** What {@code docker save} writes. */
    DOCKER_ARCHIVE("docker-archive:", "FILE");

    private final String prefix;
    private final String what;

    Form(String prefix, String what) {
      this.prefix = prefix;
      this.what = what;
    }

    /** What content is called: Docker's names have a tag. */
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
   * {@code oci:DIR[:TAG][@DIGEST]}, {@code oci-archive:FILE[:TAG]} or {@code
   * docker-archive:FILE[:NAME:TAG]}.
   *
   * @param form what stands there
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

    /** As it is written. */
    @Override
    public String toString() {
      return form.prefix
          + FileName.textOf(path)
          + (name == null ? "" : ":" + name)
          + (hash == null ? "" : "@" + hash);
    }
  }

  /**
   * Reads a location.
   *
   * @throws InvalidInputException if it is none
   */
  static Location parse(String text) {
    if (!text.startsWith("oci://")) {
      for (var form : Form.values()) {
        if (text.startsWith(form.prefix)) {
          return onDisk(form, text.substring(form.prefix.length()));
        }
      }
    }
    if (text.startsWith(".") || text.startsWith("/")) {
      throw new InvalidInputException(
          "invalid reference \"%s\": neither a registry's nor an OCI layout's".formatted(text),
          "write oci:" + text + " for an OCI layout in a directory");
    }
    return new InRegistry(Reference.parse(text));
  }

  /** Whether a text means something on the disk, not in a registry. */
  static boolean isOnDisk(String text) {
    return !text.startsWith("oci://")
        && Arrays.stream(Form.values()).anyMatch(form -> text.startsWith(form.prefix));
  }

  private static Location onDisk(Form form, String text) {
    var rest = text;
    Digest digest = null;
    int at = rest.lastIndexOf('@');
    if (at >= 0 && Digest.isDigest(rest.substring(at + 1))) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    // C:\ is a drive, not a directory C
    int colon = rest.indexOf(':', rest.matches("[a-zA-Z]:[\\/].*") ? 2 : 0);
    var path = colon < 0 ? rest : rest.substring(0, colon);
    var tag = colon < 0 ? null : rest.substring(colon + 1);
    if (path.isEmpty() || "".equals(tag)) {
      throw new InvalidInputException(
          "invalid reference \"%s%s\": missing %s"
              .formatted(form.prefix, text, path.isEmpty() ? "path" : "tag"),
          "write %1$s%2$s or %1$s%2$s:TAG".formatted(form.prefix, form.what));
    }
    try {
      return new OnDisk(form, FileName.path(path), form.name(tag), digest);
    } catch (InvalidPathException e) {
      throw InvalidInputException.ofPath(text, e);
    }
  }
}
