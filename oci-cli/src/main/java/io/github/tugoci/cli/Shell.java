package io.github.tugoci.cli;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.CommonOptions;
import io.github.tugoci.cli.shell.Deadline;
import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.Failure;
import io.github.tugoci.cli.shell.FailureMapper;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.Output;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.error.LimitExceededException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a command line: parses it, runs its command, tells what failed.
 *
 * @param environment the process it runs in
 */
record Shell(Environment environment) {
  /** Runs a command line to its end and gives the exit status. Nothing is thrown. */
  int run(String... args) {
    var words = Arrays.asList(args);
    var plain = PlainLine.parse(PlainLine.tables(), words);
    int status = plain.isPresent() ? run(plain.get(), words) : parse(words);
    return written(status, args);
  }

  /**
   * The exit status of a command that has ended: a result that couldn't be written is a failure of
   * each command that had no other. Where nobody reads any more, nothing is said.
   */
  private int written(int status, String[] args) {
    environment.out().flush();
    var failure = environment.out().failure();
    if (failure == null || status != ExitCode.OK.status()) {
      return status;
    }
    return StandardOutput.isClosedPipe(failure)
        ? ExitCode.FAILED.status()
        : refuse(FailureMapper.of(failure), args);
  }

  private int parse(List<String> words) {
    var line = CommandTree.branch(words);
    line.setCaseInsensitiveEnumValuesAllowed(true)
        // A word that begins with @ is a word: tug deploy gets words from elsewhere.
        .setExpandAtFiles(false)
        .setOut(writer(environment.out()))
        .setErr(writer(environment.err()))
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler(this::refuse);
    Converters.register(line);
    Usage.arrange(line, environment.colours());
    return line.execute(words.toArray(String[]::new));
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private int execute(ParseResult parsed) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    var leaf = parsed;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    var spec = leaf.commandSpec();
    if (leaf == parsed) {
      spec.commandLine().usage(environment.out());
      return ExitCode.OK.status();
    }
    if (!(spec.userObject() instanceof CliCommand command)) {
      throw new ParameterException(spec.commandLine(), "missing command");
    }
    var root = (Tug) parsed.commandSpec().userObject();
    try {
      Arguments.checkTexts(leaf);
      Arguments.checkPairs(leaf);
    } catch (InvalidInputException e) {
      output(root.common, parsed.originalArgs()).fail(FailureMapper.of(e));
      return ExitCode.INVALID_INPUT.status();
    }
    var given = new LinkedHashSet<String>();
    leaf.matchedOptions().forEach(option -> given.add(option.longestName()));
    boolean limited = spec.findOption(ChartLimitsOption.NAME) != null;
    return run(
        new PlainLine.ParsedLine(root.common, command, given, limited), parsed.originalArgs());
  }

  private Output output(CommonOptions common, List<String> words) {
    var output = common.output(environment);
    output.knows(environment.written(words));
    return output;
  }

  private int run(PlainLine.ParsedLine line, List<String> words) {
    try (var deadline = new Deadline(environment.interruptible())) {
      return run(
          line,
          new CommandContext(
              environment,
              output(line.common(), words),
              line.common().progress(environment),
              VersionCommand.Version.number(),
              line.given(),
              new AtomicBoolean(),
              deadline));
    }
  }

  private static int run(PlainLine.ParsedLine line, CommandContext session) {
    try {
      line.command().run(session);
      return ExitCode.OK.status();
    } catch (Exception | StackOverflowError | OutOfMemoryError e) {
      if (e == session.environment().out().failure()) {
        return ExitCode.OK.status(); // for itself; see written
      }
      // The one place where whatever went wrong is told; nothing stands above it but the process.
      var failure =
          session
              .deadline()
              .failure()
              .orElseGet(() -> FailureMapper.of(e, session.downloads().get()));
      if (e instanceof LimitExceededException && line.limited()) {
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
