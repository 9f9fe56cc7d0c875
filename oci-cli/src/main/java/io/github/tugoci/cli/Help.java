package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.Action;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Session;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "help",
    description = "Show the help of a command.",
    footer = {"  tug help chart push"})
final class Help implements Action {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command's words.")
  private List<String> words = List.of();

  @Override
  public void run(Session session) {
    var line = spec.root().commandLine();
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
