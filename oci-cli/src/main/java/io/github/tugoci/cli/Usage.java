package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.Failure;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.reference.InvalidReferenceException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How help looks, and what is said about a command line that can't be understood. */
final class Usage {
  private Usage() {}

  /** Gives a command and all below it the same look of their help. */
  static void arrange(CommandLine line, boolean colours) {
    line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
    var usage = line.getCommandSpec().usageMessage();
    usage
        .width(100)
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
    if (usage.footer().length > 0) {
      usage.footerHeading("%nExamples:%n");
    }
    line.getSubcommands().values().forEach(child -> arrange(child, colours));
  }

  /** Whether errors are wanted as JSON, where the options couldn't be parsed. */
  static boolean wantsJson(List<String> args) {
    int format = args.indexOf("--format");
    return args.contains("--format=json")
        || (format >= 0 && args.subList(format, args.size()).indexOf("json") == 1);
  }

  static Failure failure(ParameterException e) {
    if (e.getCause() instanceof InvalidReferenceException
        || e.getCause() instanceof InvalidInputException) {
      return FailureMapper.of(e.getCause());
    }
    return Failure.of(ExitCode.INVALID_INPUT, message(e), hint(e));
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
      var word = unmatched.getUnmatched().get(0);
      return e.getCommandLine().getSubcommands().isEmpty()
          ? "unexpected argument '" + word + "'"
          : "unknown command '" + word + "'";
    }
    var text = String.valueOf(e.getMessage()).replace("option option", "option");
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }

  private static String hint(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      var like =
          unmatched.getSuggestions().stream()
              .limit(3)
              .map(word -> word.startsWith("-") ? word : name(e) + " " + word)
              .collect(Collectors.joining("\" or \""));
      if (!like.isEmpty()) {
        return "did you mean \"" + like + "\"?";
      }
    }
    return otherOption(e)
        .map(option -> "did you mean \"%s %s\"?".formatted(option, e.getValue()))
        .orElse("see \"" + name(e) + " --help\"");
  }

  /** An option beside the one that was given, which knows the word. */
  private static Optional<String> otherOption(ParameterException e) {
    return e.getCommandLine().getCommandSpec().options().stream()
        .filter(option -> !option.equals(e.getArgSpec()) && option.type().isEnum())
        .filter(
            option ->
                Arrays.stream(option.type().getEnumConstants())
                    .anyMatch(word -> word.toString().equalsIgnoreCase(e.getValue())))
        .map(OptionSpec::longestName)
        .findFirst();
  }

  private static String name(ParameterException e) {
    return e.getCommandLine().getCommandSpec().qualifiedName();
  }
}
