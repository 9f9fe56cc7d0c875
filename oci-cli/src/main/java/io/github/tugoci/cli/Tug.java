package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CommonOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The root of all commands. */
@Command(
    name = "tug",
    description = "Publish and pull Helm charts and container images.",
    versionProvider = Version.class,
    subcommands = {VersionCommand.class, Help.class},
    footer = {
      "  tug login ghcr.io -u USER --password-stdin",
      "  tug chart push ./mychart oci://ghcr.io/acme/charts",
      "  tug image push oci:build/image ghcr.io/acme/app:1.0",
      "  tug tags ghcr.io/acme/app --format json"
    })
final class Tug {
  @Mixin final CommonOptions common = new CommonOptions();

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  boolean version;
}
