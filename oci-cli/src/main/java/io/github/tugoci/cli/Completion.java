package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "completion",
    description = {
      "Print a completion script for a shell.",
      "Source it in the shell's start-up file."
    },
    footer = {
      "  source <(tug completion bash)",
      "  tug completion zsh > ~/.tug-completion && echo 'source ~/.tug-completion' >> ~/.zshrc"
    })
final class Completion implements CliCommand {
  /** A zsh understands the script for bash once this is loaded. */
  private static final String ZSH =
      "autoload -U +X compinit bashcompinit && compinit && bashcompinit";

  enum Dialect {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return this == BASH ? "bash" : "zsh";
    }
  }

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Dialect dialect;

  @Override
  public void run(CommandContext session) {
    var out = session.environment().out();
    if (dialect == Dialect.ZSH) {
      out.println(ZSH);
    }
    out.print(AutoComplete.bash("tug", CommandTree.whole()));
    out.flush();
  }
}
