import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.CommandTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes what is generated from the command's own options: the reference in Markdown, man pages and
 * completion scripts.
 *
 * <pre>
 * java -cp CLASSPATH ReferencePages.java markdown DIRECTORY   docs/reference
 * java -cp CLASSPATH ReferencePages.java share DIRECTORY      man1, completions
 * </pre>
 */
public final class ReferencePages {
  private static final String COMMON = "options-of-every-command";
  private static final String CONNECTION = "connection-options";
  private static final List<String> EXIT =
      List.of(
          "0  success",
          "1  another failure",
          "2  usage or invalid input",
          "3  not found",
          "4  not authenticated or denied",
          "5  content doesn't match its digest, signature or limits",
          "6  network, server error or timeout, after the retries",
          "7  rate limited",
          "8  refused because it exists",
          "130  interrupted");

  private ReferencePages() {}

  public static void main(String[] args) throws IOException {
    var tug = CommandTree.whole();
    var directory = Path.of(args[1]);
    if (args[0].equals("markdown")) {
      markdown(tug, directory);
    } else {
      share(tug, directory);
    }
  }

  // ---- what a command has

  /** The subcommands, in help's order; the hidden ones aren't documented. */
  private static List<CommandLine> below(CommandLine command) {
    return command.getSubcommands().values().stream()
        .filter(child -> !child.getCommandSpec().usageMessage().hidden())
        .toList();
  }

  private static List<CommandLine> all(CommandLine command) {
    var all = new ArrayList<>(List.of(command));
    below(command).forEach(child -> all.addAll(all(child)));
    return all;
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }

  private static String synopsis(CommandLine command) {
    var spec = command.getCommandSpec();
    var words = new ArrayList<>(List.of(spec.qualifiedName()));
    spec.options().stream()
        .filter(OptionSpec::required)
        .forEach(option -> words.add(option.longestName() + " " + option.paramLabel()));
    words.add("[OPTIONS]");
    for (var parameter : spec.positionalParameters()) {
      var many = parameter.arity().max() > 1 || parameter.index().max() > parameter.index().min();
      var label = parameter.paramLabel() + (many ? "..." : "");
      words.add(parameter.arity().min() == 0 ? "[" + label + "]" : label);
    }
    if (!below(command).isEmpty()) {
      words.add("COMMAND");
    }
    return String.join(" ", words);
  }

  private static List<String> description(ArgSpec argument) {
    return lines(argument.description());
  }

  private static List<String> lines(String[] text) {
    return Arrays.stream(text).map(line -> line.replace("%%", "%")).toList();
  }

  private static String label(OptionSpec option) {
    var names = String.join(", ", option.names());
    if (option.arity().max() == 0) {
      return names;
    }
    return names
        + (option.arity().min() == 0
            ? "[=" + option.paramLabel() + "]"
            : " " + option.paramLabel());
  }

  /** The options by their headings, without those that every command inherits. */
  private static Map<String, List<OptionSpec>> options(CommandSpec spec) {
    var groups = new LinkedHashMap<String, List<OptionSpec>>();
    groups.put("", new ArrayList<>());
    for (var option : spec.options()) {
      if (!option.inherited()) {
        var heading = option.group() == null ? "" : option.group().heading();
        groups
            .computeIfAbsent(heading.replaceAll("%n|:", ""), key -> new ArrayList<>())
            .add(option);
      }
    }
    return groups;
  }

  // ---- Markdown

  private static void markdown(CommandLine tug, Path directory) throws IOException {
    Files.createDirectories(directory);
    var index = new StringBuilder("# Command reference\n\n");
    index.append(
        "Generated from the command's own options, as `--help` shows them; not edited by hand.\n\n");
    index.append("| command | |\n|---|---|\n");
    for (var command : below(tug)) {
      for (var each : all(command)) {
        index
            .append("| [")
            .append(name(each))
            .append("](")
            .append(command.getCommandName())
            .append(".md#")
            .append(name(each).replace(' ', '-'))
            .append(") | ")
            .append(text(summary(each)).replace("|", "\\|"))
            .append(" |\n");
      }
    }
    index.append("\n## Options of every command\n\n");
    tug.getCommandSpec().options().forEach(option -> item(option, index));
    index.append("\n## Connection options\n\n");
    index.append(
        "Of the commands that connect to registries. Where `-u` has another meaning, `--username`"
            + " has its long name only.\n\n");
    var sample = tug.getSubcommands().get("resolve").getCommandSpec();
    options(sample).get("Connection").forEach(option -> item(option, index));
    write(directory.resolve("README.md"), index);
    for (var command : below(tug)) {
      var page = new StringBuilder();
      all(command).forEach(each -> section(each, page));
      write(directory.resolve(command.getCommandName() + ".md"), page);
    }
  }

  private static String summary(CommandLine command) {
    return lines(command.getCommandSpec().usageMessage().description()).get(0);
  }

  private static void section(CommandLine command, StringBuilder page) {
    var spec = command.getCommandSpec();
    page.append(page.length() == 0 ? "# " : "\n## ").append(name(command)).append("\n\n");
    var before = "";
    for (var line : lines(spec.usageMessage().description())) {
      var item = line.startsWith("  ");
      page.append(before.startsWith("  ") == item || before.isEmpty() ? "" : "\n");
      page.append(item ? "- " : "").append(text(line.strip())).append('\n');
      before = line;
    }
    page.append("\n```text\n").append(synopsis(command)).append("\n```\n");
    if (!spec.positionalParameters().isEmpty()) {
      page.append("\nArguments:\n\n");
      for (var parameter : spec.positionalParameters()) {
        item(parameter.paramLabel(), description(parameter), page);
      }
    }
    for (var group : options(spec).entrySet()) {
      if (group.getKey().equals("Connection")) {
        page.append("\nConnection: see [connection options](README.md#" + CONNECTION + ").\n");
      } else if (!group.getValue().isEmpty()) {
        page.append(group.getKey().isEmpty() ? "\nOptions" : "\n" + group.getKey()).append(":\n\n");
        group.getValue().forEach(option -> item(option, page));
      }
    }
    if (below(command).isEmpty()) {
      page.append("\nAlso the [options of every command](README.md#" + COMMON + ").\n");
    } else {
      page.append("\nCommands:\n\n");
      for (var child : below(command)) {
        page.append("- [").append(name(child)).append("](#");
        page.append(name(child).replace(' ', '-')).append("): ").append(text(summary(child)));
        page.append('\n');
      }
    }
    var footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.append("\nExamples:\n\n```text\n");
      lines(footer).forEach(line -> page.append(line.replaceFirst("^  ", "")).append('\n'));
      page.append("```\n");
    }
  }

  private static void item(OptionSpec option, StringBuilder page) {
    item(label(option), description(option), page);
  }

  private static void item(String label, List<String> description, StringBuilder page) {
    page.append("- `").append(label).append("`: ");
    page.append(text(String.join(" ", description))).append('\n');
  }

  private static String text(String line) {
    return line.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_");
  }

  private static void write(Path file, CharSequence text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, UTF_8);
  }

  // ---- man pages and completion

  private static void share(CommandLine tug, Path directory) throws IOException {
    for (var command : all(tug)) {
      var page = name(command).replace(' ', '-') + ".1";
      write(directory.resolve("man/man1").resolve(page), manPage(command));
    }
    var script = AutoComplete.bash("tug", tug);
    write(directory.resolve("bash-completion/completions/tug"), script);
    // zsh calls this file as a function at the first completion; from then on the script's own is.
    write(
        directory.resolve("zsh/site-functions/_tug"),
        "#compdef tug\nautoload -U +X bashcompinit && bashcompinit\n"
            + script
            + "\n_bash_complete -o default -F _complete_tug\n");
  }

  private static String manPage(CommandLine command) {
    var spec = command.getCommandSpec();
    var dashed = name(command).replace(' ', '-');
    var page = new StringBuilder();
    page.append(".TH \"").append(dashed.toUpperCase()).append("\" 1 \"\" \"tug\" \"tug\"\n");
    page.append(".SH NAME\n").append(roff(dashed)).append(" \\- ");
    page.append(roff(summary(command).replaceFirst("[.:]$", ""))).append('\n');
    page.append(".SH SYNOPSIS\n").append(roff(synopsis(command))).append('\n');
    page.append(".SH DESCRIPTION\n");
    for (var line : lines(spec.usageMessage().description())) {
      page.append(line.startsWith("  ") ? ".IP \\(bu 2\n" : ".PP\n");
      page.append(roff(line.strip())).append('\n');
    }
    if (!spec.positionalParameters().isEmpty()) {
      page.append(".SH ARGUMENTS\n");
      spec.positionalParameters().forEach(it -> term(it.paramLabel(), description(it), page));
    }
    for (var group : options(spec).entrySet()) {
      if (!group.getValue().isEmpty()) {
        page.append(".SH \"").append((group.getKey() + " OPTIONS").strip().toUpperCase());
        page.append("\"\n");
        group.getValue().forEach(it -> term(label(it), description(it), page));
      }
    }
    var inherited = spec.options().stream().filter(OptionSpec::inherited).toList();
    if (!inherited.isEmpty()) {
      page.append(".SH \"COMMON OPTIONS\"\n");
      inherited.forEach(it -> term(label(it), description(it), page));
    }
    if (!below(command).isEmpty()) {
      page.append(".SH COMMANDS\n");
      below(command).forEach(it -> term(name(it), List.of(summary(it)), page));
    }
    page.append(".SH \"EXIT STATUS\"\n");
    for (var status : EXIT) {
      var parts = status.split("  ", 2);
      term(parts[0], List.of(parts[1]), page);
    }
    var footer = spec.usageMessage().footer();
    if (footer.length > 0) {
      page.append(".SH EXAMPLES\n.nf\n");
      lines(footer).forEach(line -> page.append(roff(line)).append('\n'));
      page.append(".fi\n");
    }
    var related =
        all(spec.root().commandLine()).stream()
            .filter(it -> it != command)
            .filter(it -> it == command.getParent() || it.getParent() == command)
            .map(it -> roff(name(it).replace(' ', '-')) + "(1)")
            .collect(Collectors.joining(", "));
    return page.append(".SH \"SEE ALSO\"\n").append(related).append('\n').toString();
  }

  private static void term(String label, List<String> description, StringBuilder page) {
    page.append(".TP\n.B ").append(roff(label)).append('\n');
    page.append(roff(String.join(" ", description))).append('\n');
  }

  /** Text that roff prints as it is: a line that begins with a dot or a quote is no request. */
  private static String roff(String text) {
    var escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
