package io.github.tugoci.cli.connect;

import io.github.tugoci.reference.Reference;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The registries that a command names. */
public final class Hosts {
  private Hosts() {}

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
