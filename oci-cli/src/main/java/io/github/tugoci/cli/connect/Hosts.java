package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.reference.RepositoryName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The registries that a command names. */
public final class Hosts {
  private static final RepositoryName ANY = new RepositoryName("any");

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
          "'" + text + "' is more than a registry's host",
          "write " + bare.substring(0, slash) + " alone");
    }
    return Reference.of(bare.toLowerCase(Locale.ROOT), ANY).host();
  }

  /** Those of locations; layouts have none. */
  public static List<String> of(Location... locations) {
    return Arrays.stream(locations)
        .flatMap(
            location ->
                location instanceof Location.InRegistry registry
                    ? Stream.of(registry.reference().host())
                    : Stream.empty())
        .toList();
  }

  /** That of a reference. */
  public static List<String> of(Reference reference) {
    return List.of(reference.host());
  }
}
