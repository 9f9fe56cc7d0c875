package io.github.tugoci.client;

import io.github.tugoci.archive.DockerArchive;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Root;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.Optional;

/**
 * The content that a location names.
 *
 * @param store the store that it is in
 * @param selector the tag or digest by which the store finds it
 * @param tag its tag, if it has one
 * @param fullName its repository and tag, {@code NAME:TAG}, if it has both
 * @param name the location, for results and messages
 */
public record Source(
    ContentSource store,
    Selector selector,
    Optional<String> tag,
    Optional<String> fullName,
    String name)
    implements AutoCloseable {
  /**
   * The content that a location names in a store.
   *
   * @param selector its tag or digest, which the location may leave open
   */
  public static Source in(ContentSource store, Selector selector, Location location) {
    var fullName =
        location instanceof Location.InRegistry registry
            ? registry
                .tag()
                .map(tag -> registry.reference().withoutTagAndDigest().withTag(tag).toString())
            : Optional.<String>empty();
    return new Source(store, selector, location.tag(), fullName, location.toString());
  }

  /** Reads its manifest. */
  public Root root() throws IOException {
    return Root.resolve(store, selector);
  }

  /** Reads its manifest, for a copy to a target: one token can serve both sides. */
  public Root root(ContentTarget target) throws IOException {
    return Root.resolve(store, selector, target);
  }

  /** Its name at a target that gives none: its tag; in an archive of Docker's, the full name. */
  public Optional<String> nameFor(Location target) {
    return target.holdsOneImage() && fullName.isPresent() ? fullName : tag;
  }

  /** Closes a store that holds a file open. */
  @Override
  public void close() throws IOException {
    if (store instanceof DockerArchive archive) {
      archive.close();
    }
  }
}
