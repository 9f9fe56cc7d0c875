package io.github.tugoci.cli.sign;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Location;
import io.github.tugoci.registry.Repository;
import java.io.IOException;

/**
 * What is signed.
 *
 * @param store where it is
 * @param descriptor what it is
 */
record Subject(Repository store, Descriptor descriptor) {
  /** Resolves a location in a registry, for writing: one token serves all of it. */
  static Subject of(ClientSession connection, Location location) throws IOException {
    var source = connection.source(location);
    var repository = (Repository) source.store();
    var store = (Repository) repository.withPushScope(repository);
    return new Subject(store, store.resolve(source.selector()));
  }

  /** Its repository's name, as signatures have it. */
  String name() {
    return store.toString();
  }
}
