package io.github.tugoci.cli;

import picocli.CommandLine.IVersionProvider;

/** Which tug this is. */
final class VersionProvider implements IVersionProvider {
  /** The number in the jar's manifest; {@code development} where there is no jar. */
  static String number() {
    var version = VersionProvider.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tug " + number()};
  }
}
