package io.github.tugoci.client;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.ContentSource;
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
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Opens, lists and writes the stores that locations name: repositories, layouts and archives.
 *
 * <pre>{@code
 * var stores = Stores.of(client);
 * try (var source = stores.open(Location.parse("oci:image:1.2.0"))) {
 *   System.out.println(source.root().descriptor());
 * }
 * }</pre>
 */
public final class Stores {
  private static final String DEFAULT_TAG = "latest";

  private final RegistryClient client;

  private Stores(RegistryClient client) {
    this.client = client;
  }

  /** Stores on the disk and in registries; the client stays open. */
  public static Stores of(RegistryClient client) {
    return new Stores(client);
  }

  /**
   * Opens the content that a location names. Where it has neither tag nor digest, a registry's is
   * {@code latest}, a layout's or an archive's the only entry.
   *
   * @throws NotFoundException if a layout or archive doesn't exist, or has several entries and none
   *     is named
   */
  public Source open(Location location) throws IOException {
    return open(location, List.of());
  }

  /**
   * Opens the content that a location names, for a caller who wants the image for a platform: in a
   * layout several images can have one tag.
   *
   * @param platforms the platforms that are wanted; only a single one selects an image
   * @throws NotFoundException if a layout or archive doesn't exist, or has several entries and none
   *     is named
   */
  public Source open(Location location, List<Platform> platforms) throws IOException {
    if (location instanceof Location.InRegistry there) {
      var reference =
          location.isBare() ? there.reference().withTag(DEFAULT_TAG) : there.reference();
      return Source.in(
          repository(there), reference.selectorOr(DEFAULT_TAG), new Location.InRegistry(reference));
    }
    var disk = (Location.OnDisk) location;
    return switch (disk.form()) {
      case LAYOUT -> {
        var layout = OciLayout.open(disk.path());
        yield source(layout, layout.index(), disk, platforms);
      }
      case OCI_ARCHIVE -> {
        var archive = OciArchive.open(disk.path());
        yield source(archive, archive.index(), disk, platforms);
      }
      case DOCKER_ARCHIVE -> source(DockerArchive.open(disk.path(), disk.name()), disk);
    };
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

  private static Source source(DockerArchive archive, Location.OnDisk location) throws IOException {
    var tag = new Tag(archive.tag());
    var wanted = location.hash();
    var found = archive.resolve(tag).digest();
    if (wanted != null && !found.equals(wanted)) {
      archive.close();
      throw new NotFoundException(
          "digest not found: %s in %s, whose image is %s".formatted(wanted, archive, found));
    }
    return new Source(archive, tag, Optional.of(tag.name()), archive.name(), location.toString());
  }

  /** Lists the tags of a repository, a layout or an archive; of Docker's archive, the names. */
  public List<String> tags(Location location) throws IOException {
    if (location instanceof Location.InRegistry there) {
      return repository(there).tags().list();
    }
    var disk = (Location.OnDisk) location;
    return switch (disk.form()) {
      case LAYOUT -> OciLayout.open(disk.path()).tags();
      case OCI_ARCHIVE -> OciArchive.open(disk.path()).tags();
      case DOCKER_ARCHIVE -> DockerArchive.names(disk.path());
    };
  }

  /**
   * Gives the tags one by one, as long as they are wanted. A registry is asked for one page after
   * the other.
   *
   * @param last the tag after which to begin; empty for the beginning
   * @param wanted takes a tag, and says whether it wants the next
   */
  public void eachTag(Location location, String last, Predicate<String> wanted) throws IOException {
    if (location instanceof Location.InRegistry there) {
      repository(there).tags().each(last, wanted);
      return;
    }
    var tags = tags(location);
    for (var tag : tags.subList(tags.indexOf(last) + 1, tags.size())) {
      if (!wanted.test(tag)) {
        return;
      }
    }
  }

  /** Writes content to a location; a layout or an archive is made if it doesn't exist. */
  public <T> T write(Location location, OciArchive.Content<T> content) throws IOException {
    if (location instanceof Location.InRegistry there) {
      return content.writeTo(repository(there));
    }
    var disk = (Location.OnDisk) location;
    return switch (disk.form()) {
      case LAYOUT -> content.writeTo(OciLayout.create(disk.path()));
      case OCI_ARCHIVE -> OciArchive.write(disk.path(), content);
      case DOCKER_ARCHIVE -> DockerArchive.write(disk.path(), content);
    };
  }

  /** Lets content be written to what stands in for a location: nothing is changed there. */
  public <T> T dryRun(Location location, OciArchive.Content<T> content) throws IOException {
    if (location instanceof Location.InRegistry there) {
      return content.writeTo(DryRunTarget.of(repository(there)));
    }
    var disk = (Location.OnDisk) location;
    return content.writeTo(
        disk.form() == Location.Form.LAYOUT
            ? DryRunTarget.of(OciLayout.create(disk.path()))
            : DryRunTarget.of(new MemoryStore()));
  }

  private Repository repository(Location.InRegistry location) {
    return client.repository(location.reference());
  }
}
