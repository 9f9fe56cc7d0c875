package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "help",
    description = "Show the help of a command.",
    footer = {"  tug help chart push"})
final class Help implements CliCommand {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command's words.")
  private List<String> words = List.of();

  @Override
  public void run(CommandContext session) {
    var line = CommandTree.branch(words);
    Usage.arrange(line, session.environment().colours());
    for (var word : words) {
      var next = line.getSubcommands().get(word);
      if (next == null) {
        throw new InvalidInputException(
            "unknown command '" + word + "'",
            "see \"" + line.getCommandSpec().qualifiedName() + " --help\"");
      }
      line = next;
    }
    line.usage(session.environment().out());
  }
}
