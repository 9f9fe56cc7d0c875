package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.connect.LocalChart;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.Location;

/** References of charts, which have Helm's ways. */
public final class ChartReference {
  private ChartReference() {}

  /** Whether a text names a chart in a registry or a layout, not a file. */
  static boolean isReference(String text) {
    return Location.isOnDisk(text) || text.startsWith("oci://") || text.startsWith("docker://");
  }

  /**
   * A chart's reference, in whose tag a {@code +} may be written as in its version.
   *
   * @throws InvalidInputException if it is none
   */
  public static Location parse(String text) {
    int name = text.lastIndexOf('/') + 1;
    int at = text.indexOf('@', name);
    int end = at < 0 ? text.length() : at;
    int colon = text.indexOf(':', name);
    return Location.parse(
        colon < 0 || colon > end || Location.isOnDisk(text)
            ? text
            : text.substring(0, colon)
                + text.substring(colon, end).replace('+', '_')
                + text.substring(end));
  }

  /**
   * Where a chart goes: below a registry's path it has a repository of its name; in a layout it has
   * its version as tag.
   *
   * @throws InvalidInputException if a tag or digest is given, which follow from the chart
   */
  static Location target(String text, String chart) {
    if (Location.isOnDisk(text)) {
      return checked(Location.parse(text), text);
    }
    var path = text.replaceFirst("/+$", "");
    int last = path.lastIndexOf('/') + 1;
    if (path.indexOf('@') >= 0
        || (path.indexOf(':', last) >= 0 && path.replaceFirst("^[a-z]+://", "").contains("/"))) {
      throw tagged(text);
    }
    return checked(Location.parse(path + "/" + LocalChart.nameInRegistry(chart)), text);
  }

  private static Location checked(Location location, String text) {
    if (location.tag().isPresent() || location.digest().isPresent()) {
      throw tagged(text);
    }
    return location;
  }

  private static InvalidInputException tagged(String text) {
    return new InvalidInputException(
        "invalid target \"%s\": it has a tag or digest".formatted(text),
        "write oci://HOST/PATH alone: the chart's name is added, its version is the tag");
  }
}
