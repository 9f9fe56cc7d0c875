package io.github.tugoci.client;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.archive.OciArchive;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.layout.LayoutIndex;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.util.Optional;

/**
 * Opens the stores that locations name.
 *
 * @param client the way to registries
 */
record Stores(RegistryClient client) {
  private static final String DEFAULT_TAG = "latest";

  /** Content in a store that may need closing. */
  record Opened(ContentSource store, Selector selector, Optional<String> tag)
      implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (store instanceof DockerArchive archive) {
        archive.close();
      }
    }
  }

  /** Opens what a location names, to be read. */
  Opened open(Location location) throws IOException {
    if (location instanceof Location.InRegistry there) {
      var selector = there.reference().selectorOr(DEFAULT_TAG);
      var tag = selector instanceof Tag named ? Optional.of(named.name()) : there.tag();
      return new Opened(client.repository(there.reference()), selector, tag);
    }
    var disk = (Location.OnDisk) location;
    var store = store(disk);
    if (store instanceof DockerArchive archive) {
      return new Opened(archive, new Tag(archive.tag()), Optional.of(archive.tag()));
    }
    if (disk.selector().isPresent()) {
      return new Opened(store, disk.selector().get(), disk.tag());
    }
    var only = index(store).only();
    var tags = index(store).tags();
    return new Opened(
        store, only.digest(), tags.size() == 1 ? Optional.of(tags.get(0)) : Optional.empty());
  }

  /** Opens the store of a location. */
  ContentSource store(Location location) throws IOException {
    if (location instanceof Location.InRegistry there) {
      return client.repository(there.reference());
    }
    var disk = (Location.OnDisk) location;
    return switch (disk.form()) {
      case LAYOUT -> OciLayout.open(disk.path());
      case OCI_ARCHIVE -> OciArchive.open(disk.path());
      case DOCKER_ARCHIVE -> DockerArchive.open(disk.path(), disk.name());
    };
  }

  private static LayoutIndex index(ContentSource store) throws IOException {
    return store instanceof OciLayout layout ? layout.index() : ((OciArchive) store).index();
  }

  /** Writes to the store of a location, which is made if it doesn't exist. */
  <T> T write(Location location, OciArchive.Content<T> content) throws IOException {
    if (location instanceof Location.InRegistry there) {
      return content.writeTo(client.repository(there.reference()));
    }
    var disk = (Location.OnDisk) location;
    return switch (disk.form()) {
      case LAYOUT -> content.writeTo(OciLayout.create(disk.path()));
      case OCI_ARCHIVE -> OciArchive.write(disk.path(), content);
      case DOCKER_ARCHIVE -> DockerArchive.write(disk.path(), content);
    };
  }
}
