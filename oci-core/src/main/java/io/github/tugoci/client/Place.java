package io.github.tugoci.client;

import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.FileName;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a reference as a string names: content in a registry, in a layout or in an archive. */
sealed interface Place {
  /** What is asked for; empty if the string doesn't say it. */
  Optional<Selector> selector();

  /** The tag, if the string has one. */
  Optional<String> tag();

  /**
   * A repository of a registry.
   *
   * @param reference its reference
   */
  record InRegistry(Reference reference) implements Place {
    @Override
    public Optional<Selector> selector() {
      return reference.selector();
    }

    @Override
    public Optional<String> tag() {
      return Optional.ofNullable(reference.tag());
    }
  }

  /** The forms in which content is on disk, as skopeo writes them. */
  enum Form {
    LAYOUT("oci:"),
    OCI_ARCHIVE("oci-archive:"),
    DOCKER_ARCHIVE("docker-archive:");

    private final String prefix;

    Form(String prefix) {
      this.prefix = prefix;
    }
  }

  /**
   * A layout or an archive.
   *
   * @param form what it is
   * @param path the directory or file
   * @param name the tag, or the name with its tag in Docker's archive; or null
   * @param digest the digest, or null
   */
  record OnDisk(Form form, Path path, @Nullable String name, @Nullable Digest digest)
      implements Place {
    @Override
    public Optional<Selector> selector() {
      return digest != null ? Optional.of(digest) : tag().map(Tag::new);
    }

    @Override
    public Optional<String> tag() {
      return Optional.ofNullable(name);
    }
  }

  /**
   * Reads a string.
   *
   * @throws InvalidReferenceException if it is malformed
   */
  static Place parse(String text) {
    if (!text.startsWith("oci://")) {
      for (var form : Form.values()) {
        if (text.startsWith(form.prefix)) {
          return onDisk(form, text);
        }
      }
    }
    return new InRegistry(Reference.parse(text));
  }

  private static Place onDisk(Form form, String text) {
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
          pathEnd == start ? "has no path" : "has an empty tag",
          "write %1$sPATH or %1$sPATH:TAG".formatted(form.prefix));
    }
    var name = pathEnd == end ? null : text.substring(pathEnd + 1, end);
    try {
      return new OnDisk(form, FileName.path(text.substring(start, pathEnd)), name, digest);
    } catch (InvalidPathException e) {
      throw new InvalidReferenceException(
          "reference", text, start, "has an invalid path: " + e.getReason(), "name another path");
    }
  }
}
