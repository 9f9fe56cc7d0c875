package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "help",
    description = "Show the help of a command.",
    footer = {"  tug help chart push"})
final class Help implements Action {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command's words.")
  private List<String> words = List.of();

  @Override
  public void run(Session session) {
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
