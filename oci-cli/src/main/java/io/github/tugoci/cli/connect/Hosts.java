package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Location;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import java.util.List;
import java.util.Locale;

/** The registries that a command names. */
public final class Hosts {
  private static final RepositoryName ANY = new RepositoryName("any");

  public static final String HELP = "The registry: ghcr.io, localhost:5000.";

  private Hosts() {}

  /**
   * The registry that a person means.
   *
   * @throws InvalidInputException if it is more than a host
   */
  public static String parse(String text) {
    var bare = text.replaceFirst("^(https?|oci|docker)://", "").replaceFirst("/+$", "");
    int slash = bare.indexOf('/');
    if (slash >= 0) {
      throw new InvalidInputException(
          "invalid host \"%s\": it has a path".formatted(text),
          "write " + bare.substring(0, slash) + " alone");
    }
    return Reference.of(bare.toLowerCase(Locale.ROOT), ANY).host();
  }

  /** Those of locations; layouts and archives have none. */
  public static List<String> of(List<Location> locations) {
    return locations.stream()
        .filter(Location.InRegistry.class::isInstance)
        .map(location -> ((Location.InRegistry) location).reference().host())
        .toList();
  }
}
