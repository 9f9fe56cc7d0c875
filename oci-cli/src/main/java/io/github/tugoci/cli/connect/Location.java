package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.Reference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where content is, as a person writes it, in skopeo's words. */
public sealed interface Location {
  /** The tag, if one was written. */
  Optional<String> tag();

  /** The digest, if one was written. */
  Optional<Digest> digest();

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

    /** The reference, without a scheme. */
    @Override
    public String toString() {
      return reference.toString();
    }
  }

  /**
   * {@code oci:DIR[:TAG][@DIGEST]}.
   *
   * @param directory the layout's directory
   * @param name the tag in its index, or null
   * @param hash the digest, or null
   */
  record InLayout(Path directory, @Nullable String name, @Nullable Digest hash)
      implements Location {
    @Override
    public Optional<String> tag() {
      return Optional.ofNullable(name);
    }

    @Override
    public Optional<Digest> digest() {
      return Optional.ofNullable(hash);
    }

    /** As it is written. */
    @Override
    public String toString() {
      return "oci:"
          + directory
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
    if (isLayout(text)) {
      return layout(text.substring("oci:".length()));
    }
    for (var archive : new String[] {"oci-archive:", "docker-archive:"}) {
      if (text.startsWith(archive)) {
        throw new InvalidInputException(
            archive + " is not supported yet", "unpack the archive and name the layout: oci:DIR");
      }
    }
    if (text.startsWith(".") || text.startsWith("/")) {
      throw new InvalidInputException(
          text + " is neither a registry's reference nor a layout",
          "write oci:" + text + " for an OCI layout in a directory");
    }
    return new InRegistry(Reference.parse(text));
  }

  /** Whether a text means a layout: {@code oci:}, but not {@code oci://}. */
  static boolean isLayout(String text) {
    return text.startsWith("oci:") && !text.startsWith("oci://");
  }

  private static Location layout(String text) {
    var rest = text;
    Digest digest = null;
    int at = rest.lastIndexOf('@');
    if (at >= 0 && Digest.isDigest(rest.substring(at + 1))) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    // C:\ is a drive, not a directory C
    int colon = rest.indexOf(':', rest.matches("[a-zA-Z]:[\\\\/].*") ? 2 : 0);
    var directory = colon < 0 ? rest : rest.substring(0, colon);
    var tag = colon < 0 ? null : rest.substring(colon + 1);
    if (directory.isEmpty() || "".equals(tag)) {
      throw new InvalidInputException(
          "oci:" + text + " names no " + (directory.isEmpty() ? "directory" : "tag"),
          "write oci:DIR or oci:DIR:TAG");
    }
    try {
      return new InLayout(Path.of(directory), tag, digest);
    } catch (InvalidPathException e) {
      throw new InvalidInputException("oci:" + text + " is no path: " + e.getReason(), null, e);
    }
  }
}
