package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Print the version of tug, its commit, and the Java and platform it runs on.",
    footer = {"  tug version", "  tug version --format json"})
final class VersionCommand implements CliCommand {
  @Override
  public void run(CommandContext session) {
    session.print(Version.current(), Version.current().text());
  }
}
