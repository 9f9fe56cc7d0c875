package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.copy.Root;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Selector;
import java.io.IOException;
import java.util.Optional;

/**
 * Content that a location names.
 *
 * @param store where it is
 * @param selector what the store finds it by: a tag or a digest
 * @param tag its tag, if it has one
 * @param fullName its repository and tag, {@code NAME:TAG}, if it has both
 * @param name what it is called in results
 */
public record Source(
    ContentSource store,
    Selector selector,
    Optional<String> tag,
    Optional<String> fullName,
    String name) {

  /**
   * What a location names in a store.
   *
   * @param selector its tag or digest, which the location may leave open
   */
  public static Source in(ContentSource store, Selector selector, Location named) {
    var fullName =
        named instanceof Location.InRegistry registry
            ? named
                .tag()
                .map(tag -> registry.reference().withoutTagAndDigest().withTag(tag).toString())
            : Optional.<String>empty();
    return new Source(store, selector, named.tag(), fullName, named.toString());
  }

  /**
   * What lists its referrers.
   *
   * @throws InvalidInputException if that is nothing
   */
  public ReferrerSource referrers() {
    if (store instanceof ReferrerSource listing) {
      return listing;
    }
    throw new InvalidInputException(
        "no list of referrers in the archive " + name,
        "use a registry, an OCI layout or an oci-archive");
  }

  /** Reads its manifest. */
  public Root root() throws IOException {
    return Root.resolve(store, selector);
  }

  /** Reads its manifest, for a copy to a target: one token can serve both sides. */
  public Root root(ContentTarget target) throws IOException {
    return Root.resolve(store, selector, target);
  }

  /** What it is called at a target if nothing else is said; in Docker's archive, all of it. */
  public Optional<String> nameFor(Location target) {
    return target.holdsOneImage() && fullName.isPresent() ? fullName : tag;
  }
}
