package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The tree of commands, or of it only the branch that a command line names: to read the annotations
 * of all takes longer than most commands do.
 */
public final class CommandTree {
  private CommandTree() {}

  public static CommandLine whole() {
    var tug = new Tug();
    return grow(new CommandLine(tug), tug, Optional.empty());
  }

  /**
   * The command that the words of a line name; where they name none that there is, all at that
   * place, and where they end, of those only what help shows: names and descriptions.
   */
  static CommandLine branch(List<String> line) {
    var tug = new Tug();
    return grow(new CommandLine(tug), tug, Optional.of(words(line)));
  }

  private static CommandLine grow(CommandLine line, Object command, Optional<List<String>> branch) {
    if (command instanceof CommandGroup group) {
      var all = new ArrayList<>(group.commands());
      if (!all.contains(Help.class)) {
        all.add(Help.class);
      }
      var words = branch.orElse(List.of());
      var named =
          all.stream().filter(type -> !words.isEmpty() && name(type).equals(words.get(0))).toList();
      for (var type : named.isEmpty() ? all : named) {
        boolean shown = branch.isPresent() && words.isEmpty();
        var child = shown ? described(type) : new CommandLine(type);
        // Each group answers help; its page needn't say so.
        child
            .getCommandSpec()
            .usageMessage()
            .hidden(type == Help.class && !(command instanceof Tug));
        if (!shown) {
          grow(child, child.getCommand(), branch.map(rest -> rest.subList(1, rest.size())));
        }
        line.addSubcommand(name(type), child);
      }
    }
    return line;
  }

  /** A command without its options. */
  private static CommandLine described(Class<?> type) {
    var spec = CommandSpec.create();
    spec.usageMessage().description(type.getAnnotation(Command.class).description());
    return new CommandLine(spec);
  }

  private static String name(Class<?> type) {
    return type.getAnnotation(Command.class).name();
  }

  /** What isn't an option. Of those that stand before a command, one has a value of its own. */
  private static List<String> words(List<String> line) {
    var words = new ArrayList<String>();
    for (int i = 0; i < line.size(); i++) {
      if (line.get(i).equals("--format")) {
        i++;
      } else if (!line.get(i).startsWith("-")) {
        words.add(line.get(i));
      }
    }
    return words;
  }
}
