package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.nio.file.Path;
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

  /** The forms of content on disk. */
  enum Form {
    /** An OCI layout in a directory. */
    LAYOUT,
    /** An OCI layout in a tar. */
    OCI_ARCHIVE,
    /** The output of {@code docker save}. */
    DOCKER_ARCHIVE
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
      var same = io.github.tugoci.reference.Location.Form.valueOf(form.name());
      return new io.github.tugoci.reference.Location.OnDisk(same, path, name, hash).toString();
    }
  }

  /**
   * Parses a location, in the library's grammar.
   *
   * @throws InvalidReferenceException if it is malformed
   */
  static Location parse(String text) {
    var parsed = io.github.tugoci.reference.Location.parse(text);
    if (parsed instanceof io.github.tugoci.reference.Location.InRegistry there) {
      return new InRegistry(there.reference());
    }
    var disk = (io.github.tugoci.reference.Location.OnDisk) parsed;
    return new OnDisk(Form.valueOf(disk.form().name()), disk.path(), disk.name(), disk.hash());
  }

  /** Whether a text has the prefix of a layout or an archive. */
  static boolean isOnDisk(String text) {
    return io.github.tugoci.reference.Location.isOnDisk(text);
  }
}
