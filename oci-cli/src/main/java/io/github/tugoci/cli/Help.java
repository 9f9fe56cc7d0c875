package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Show the help of a command.",
    footer = {"  tug help chart push"})
final class Help implements CliCommand {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The command, such as chart push.")
  private List<String> words = List.of();

  @Override
  public void run(CommandContext session) {
    // Of a group, the words are below it: tug chart help push.
    var path = new ArrayList<>(List.of(spec.parent().qualifiedName().split(" ")));
    path.remove(0);
    path.addAll(words);
    var line = CommandTree.branch(path);
    Usage.arrange(line, session.environment().colours());
    for (var word : path) {
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
