package io.github.tugoci.github;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.RepositoryName;
import java.util.List;

/**
 * A version of a container package: a manifest with all its tags, which come and go together.
 *
 * @param repository the package's repository, {@code OWNER/NAME}
 * @param id GitHub's number for it
 * @param digest the manifest's digest
 * @param tags its tags; empty for what is only referred to by digest
 */
public record PackageVersion(RepositoryName repository, long id, Digest digest, List<String> tags) {

  /** Copies the tags. */
  public PackageVersion {
    tags = List.copyOf(tags);
  }

  static PackageVersion from(RepositoryName repository, JsonObject json)
      throws InvalidContentException {
    var container = json.object("metadata").orElse(json).object("container");
    try {
      return new PackageVersion(
          repository,
          json.integer("id")
              .orElseThrow(() -> new InvalidContentException(json.path() + " has no id")),
          Digest.parse(json.requiredString("name")),
          container.isEmpty() ? List.of() : container.get().strings("tags"));
    } catch (InvalidReferenceException e) {
      throw new InvalidContentException(json.path() + ": its name is not a digest", e);
    }
  }

  /**
   * Whether a reference means this version.
   *
   * @param selector a tag, or a digest as text
   */
  boolean is(String selector) {
    return digest.toString().equals(selector) || tags.contains(selector);
  }
}
