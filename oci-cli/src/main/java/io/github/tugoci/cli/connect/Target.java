package io.github.tugoci.cli.connect;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Where content goes, and its tags there.
 *
 * @param location where to, without a digest
 * @param tags the tags, each once; may be empty
 */
public record Target(Location location, List<String> tags) {
  public static Target of(Location location) {
    return of(location, List.of(), Optional.empty());
  }

  /**
   * The same with more tags.
   *
   * @param more tags besides its own
   * @param otherwise the tag if none is given, such as the source's
   * @throws InvalidInputException if it has a digest, or a tag is none
   */
  public static Target of(Location location, List<String> more, Optional<String> otherwise) {
    if (location.digest().isPresent()) {
      throw new InvalidInputException(
          "can't write to a digest: " + location,
          "leave @" + location.digest().get() + " out: the content determines the digest");
    }
    var tags = new LinkedHashSet<String>();
    location.tag().ifPresent(tags::add);
    tags.addAll(more);
    if (tags.isEmpty()) {
      otherwise.ifPresent(tags::add);
    }
    for (var tag : more) {
      if (!Reference.isTag(tag)) {
        throw new InvalidInputException(
            "invalid tag \"%s\"".formatted(tag),
            "use at most 128 letters, digits, '_', '.' and '-', not '.' or '-' first");
      }
    }
    if (location.holdsOneImage()) {
      tags.stream().filter(tag -> tag.contains(":")).forEach(DockerArchive::reference);
    }
    // A layout's name for an entry can be more than a registry takes as a tag.
    if (location instanceof Location.InRegistry) {
      tags.removeIf(tag -> !Reference.isTag(tag));
    }
    return new Target(location, new ArrayList<>(tags));
  }

  public String name(Descriptor root) {
    if (location instanceof Location.InRegistry registry) {
      var repository = registry.reference().withoutTagAndDigest();
      return (tags.isEmpty()
              ? repository.withDigest(root.digest())
              : repository.withTag(tags.get(0)))
          .toString();
    }
    var disk = (Location.OnDisk) location;
    return (tags.isEmpty()
            ? new Location.OnDisk(disk.form(), disk.path(), null, root.digest())
            : new Location.OnDisk(disk.form(), disk.path(), tags.get(0), null))
        .toString();
  }
}
