package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.CommandGroup;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The tree of commands, or of it only the branch that a command line names: to read the annotations
 * of all takes longer than most commands do.
 */
public final class CommandTree {
  private CommandTree() {}

  /** All commands. */
  public static CommandLine whole() {
    return branch(List.of());
  }

  /** The command that the words of a line name; where they name none, all at that place. */
  static CommandLine branch(List<String> line) {
    var tug = new Tug();
    return grow(new CommandLine(tug), tug, words(line));
  }

  private static CommandLine grow(CommandLine line, Object command, List<String> words) {
    if (command instanceof CommandGroup group) {
      var all = new ArrayList<>(group.commands());
      if (!all.contains(Help.class)) {
        all.add(Help.class);
      }
      var named =
          all.stream().filter(type -> !words.isEmpty() && name(type).equals(words.get(0))).toList();
      var below = named.isEmpty() ? List.<String>of() : words.subList(1, words.size());
      for (var type : named.isEmpty() ? all : named) {
        var child = new CommandLine(type);
        // Each group answers help; its page needn't say so.
        child
            .getCommandSpec()
            .usageMessage()
            .hidden(type == Help.class && !(command instanceof Tug));
        line.addSubcommand(grow(child, child.getCommand(), below));
      }
    }
    return line;
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
