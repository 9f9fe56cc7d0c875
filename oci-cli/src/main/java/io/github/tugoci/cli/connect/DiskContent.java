package io.github.tugoci.cli.connect;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.MemoryStore;
import io.github.tugoci.copy.DryRunTarget;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.layout.LayoutIndex;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Content in layouts and archives: opened, listed and written by the form that it has. */
final class DiskContent implements AutoCloseable {
  private final List<DockerArchive> opened = new ArrayList<>();

  /**
   * What a location names; without a name, the only entry.
   *
   * @param platforms those that are wanted; a single one chooses among images of one tag
   */
  Source source(Location.OnDisk location, List<Platform> platforms) throws IOException {
    return switch (location.form()) {
      case LAYOUT -> {
        var layout = OciLayout.open(location.path());
        yield source(layout, layout.index(), location, platforms);
      }
      case OCI_ARCHIVE -> {
        var archive = OciArchive.open(location.path());
        yield source(archive, archive.index(), location, platforms);
      }
      case DOCKER_ARCHIVE -> {
        var archive = DockerArchive.open(location.path(), location.name());
        opened.add(archive);
        checkDigest(archive, location);
        yield new Source(
            archive,
            new Tag(archive.tag()),
            Optional.of(archive.tag()),
            archive.name(),
            location.toString());
      }
    };
  }

  private static void checkDigest(DockerArchive archive, Location.OnDisk location)
      throws IOException {
    var wanted = location.hash();
    var found = archive.resolve(new Tag(archive.tag())).digest();
    if (wanted != null && !found.equals(wanted)) {
      throw new NotFoundException(
          "digest not found: %s in %s, whose image is %s".formatted(wanted, archive, found));
    }
  }

  private static Source source(
      ContentSource store, LayoutIndex index, Location.OnDisk location, List<Platform> platforms)
      throws IOException {
    var selector = location.selector();
    if (location.digest().isEmpty() && location.name() != null && platforms.size() == 1) {
      selector =
          index
              .find(location.name(), platforms.get(0))
              .<Selector>map(Descriptor::digest)
              .or(location::selector);
    }
    if (selector.isPresent()) {
      return Source.in(store, selector.get(), location);
    }
    var only = index.only();
    return new Source(
        store,
        only.digest(),
        Optional.ofNullable(only.annotations().get(Annotations.REF_NAME)),
        Optional.ofNullable(only.annotations().get(Annotations.CONTAINERD_NAME)),
        location.toString());
  }

  /** All tags, or the names in an archive of Docker's. */
  static List<String> tags(Location.OnDisk location) throws IOException {
    return switch (location.form()) {
      case LAYOUT -> OciLayout.open(location.path()).tags();
      case OCI_ARCHIVE -> OciArchive.open(location.path()).tags();
      case DOCKER_ARCHIVE -> DockerArchive.names(location.path());
    };
  }

  /** Writes content; a layout or an archive is made if it doesn't exist. */
  static <T> T write(Location.OnDisk location, OciArchive.Content<T> content) throws IOException {
    return switch (location.form()) {
      case LAYOUT -> content.writeTo(OciLayout.create(location.path()));
      case OCI_ARCHIVE -> OciArchive.write(location.path(), content);
      case DOCKER_ARCHIVE -> DockerArchive.write(location.path(), content);
    };
  }

  /** What stands in for a location where nothing is to be written. */
  static ContentTarget dryRun(Location.OnDisk location) throws IOException {
    return location.form() == Location.Form.LAYOUT
        ? DryRunTarget.of(OciLayout.create(location.path()))
        : DryRunTarget.of(new MemoryStore());
  }

  @Override
  public void close() throws IOException {
    for (var archive : opened) {
      archive.close();
    }
  }
}
