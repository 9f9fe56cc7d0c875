package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.client.Source;
import io.github.tugoci.content.ReferrerSource;
import io.github.tugoci.reference.Location;

/** What commands say of locations. */
public final class Locations {
  public static final String ANYWHERE =
      "HOST/NAME[:TAG][@DIGEST], oci:DIR[:TAG], oci-archive:FILE[:TAG] or"
          + " docker-archive:FILE[:NAME:TAG].";

  /** The forms of a location to which something new is pushed, for help texts. */
  public static final String TARGET = "HOST/NAME[:TAG], oci:DIR[:TAG] or oci-archive:FILE[:TAG].";

  private Locations() {}

  /**
   * Checks that content there can be changed.
   *
   * @throws InvalidInputException if it is an archive
   */
  public static void checkChangeable(Location location) {
    if (location.isArchive()) {
      throw new InvalidInputException(
          "archives can't be changed: " + location, "copy it to a registry or an OCI layout first");
    }
  }

  /**
   * What lists the referrers of content.
   *
   * @throws InvalidInputException if its store keeps no list
   */
  public static ReferrerSource referrers(Source source) {
    if (source.store() instanceof ReferrerSource listing) {
      return listing;
    }
    throw new InvalidInputException(
        "no list of referrers in the archive " + source.name(),
        "use a registry, an OCI layout or an oci-archive");
  }
}
