package io.github.tugoci.cli;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.Deadline;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.Failure;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.error.LimitExceededException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs a command line: parses it, runs its command, tells what failed. */
final class Shell {
  private final Environment environment;

  Shell(Environment environment) {
    this.environment = environment;
  }

  /** Runs a command line to its end and gives the exit status. Nothing is thrown. */
  int run(String... args) {
    var line = CommandTree.branch(Arrays.asList(args));
    line.setCaseInsensitiveEnumValuesAllowed(true)
        // A word that begins with @ is a word: tug deploy gets words from elsewhere.
        .setExpandAtFiles(false)
        .setOut(writer(environment.out()))
        .setErr(writer(environment.err()))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler(this::refuse);
    Converters.register(line);
    Usage.arrange(line, environment.colours());
    return line.execute(args);
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int execute(ParseResult parsed) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    var root = (Tug) parsed.commandSpec().userObject();
    var output = root.common.output(environment);
    output.knows(environment.written(parsed.originalArgs()));
    var leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    if (leaf == parsed) {
      leaf.commandSpec().commandLine().usage(environment.out());
      return ExitCode.OK.status();
    }
    if (!(leaf.commandSpec().userObject() instanceof CliCommand action)) {
      throw new ParameterException(leaf.commandSpec().commandLine(), "missing command");
    }
    try {
      Arguments.checkTexts(leaf);
      Arguments.checkPairs(leaf);
    } catch (InvalidInputException e) {
      output.fail(FailureMapper.of(e));
      return ExitCode.INVALID_INPUT.status();
    }
    try (var deadline = new Deadline(environment.interruptible())) {
      return run(
          action,
          new CommandContext(
              environment,
              output,
              root.common.progress(environment),
              Version.current().version(),
              new CommandContext.Downloads(),
              deadline),
          leaf.commandSpec());
    }
  }

  private static int run(CliCommand action, CommandContext session, CommandSpec spec) {
    try {
      action.run(session);
      return ExitCode.OK.status();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      // The one place where whatever went wrong is told; nothing stands above it but the process.
      var failure =
          session.deadline().failure().orElseGet(() -> FailureMapper.of(e, session.downloads()));
      if (e instanceof LimitExceededException && spec.findOption(ChartLimitsOption.NAME) != null) {
        failure = failure.withHint(ChartLimitsOption.NAME + " SIZE lets larger files through");
      }
      session.output().fail(failure);
      session.output().trace(e);
      return failure.exit().status();
    }
  }

  private int refuse(ParameterException e, String[] args) {
    return refuse(Usage.failure(e), args);
  }

  /** Tells what is wrong with words that can't be parsed at all. */
  int refuse(InvalidInputException e, String[] args) {
    return refuse(FailureMapper.of(e), args);
  }

  private int refuse(Failure failure, String[] args) {
    var format = Usage.wantsJson(Arrays.asList(args)) ? Output.Format.JSON : Output.Format.TEXT;
    new Output(environment.out(), environment.err(), format, false, 0).fail(failure);
    return failure.exit().status();
  }
}
