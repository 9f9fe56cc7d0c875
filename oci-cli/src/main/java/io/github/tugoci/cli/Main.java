package io.github.tugoci.cli;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.cli.shell.StandardOutput;
import io.github.tugoci.cli.shell.Terminal;
import io.github.tugoci.file.PipeStream;
import io.github.tugoci.text.FileName;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where the process begins: the only class that looks at the process it runs in. */
public final class Main {
  private static final String LINUX_CHANNELS = "sun.nio.ch.EPollSelectorProvider";
  private static final String LOGGING = "java.util.logging.config.file";

  private Main() {}

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] args) {
    var interruption = Interruption.onSignal(Thread.currentThread());
    var environment = environment(interruption);
    int status = run(new Shell(environment), args);
    interruption.ended(status);
    // Not by System.exit: from JDK 21 on that asks for a logger first, and to look for one the JVM
    // opens every jar. There is no shutdown hook left to run.
    Runtime.getRuntime().halt(status);
  }

  static Environment environment(Interruption interruption) {
    quickStart();
    return new Environment(
        variables(),
        home(),
        new PipeStream(new StandardInput()),
        new StandardOutput(new FileOutputStream(FileDescriptor.out)),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        ProcessTerminal.of(
            System.getProperty("tug.terminal", ""),
            System.getProperty("tug.size", ""),
            interruption),
        interruption);
  }

  private static int run(Shell shell, String[] args) {
    List<String> words;
    try {
      Arguments.checkFolder(Path.of(""));
      words = Arguments.of(args, Path.of("/proc/self/cmdline"));
    } catch (InvalidInputException e) {
      return shell.refuse(e, args);
    }
    return shell.run(words.toArray(new String[0]));
  }

  /**
   * Keeps libraries from what costs each start some time: classes that nobody needs, and searches
   * for a class or a service that isn't there, for which the JVM opens every jar (30 ms).
   */
  private static void quickStart() {
    // Own converters of picocli are 200 classes; see Converters.
    System.setProperty("picocli.converters.excludes", "java\\.(time|sql)\\..*");
    // picocli looks for Groovy.
    System.setProperty("picocli.disable.closures", "true");
    // SLF4J looks for what it is to log with.
    System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
    // It would say on standard error that it was told so.
    System.setProperty("slf4j.internal.verbosity", "WARN");
    // java.util.logging, to which the JDK's TLS may log, looks for a replacement of itself once it
    // has read its configuration. Without one it logs nothing, as SLF4J.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "/dev/null/none");
    }
    // The JDK looks for who makes channels of sockets, before it takes its own.
    if (isThere(LINUX_CHANNELS)) {
      System.setProperty("java.nio.channels.spi.SelectorProvider", LINUX_CHANNELS);
    }
  }

  private static boolean isThere(String jdkClass) {
    try {
      return Class.forName(jdkClass, false, null) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** As the user has them: the launcher had to choose a locale for Java, and tells what was. */
  private static Map<String, String> variables() {
    var variables = new HashMap<>(System.getenv());
    var locale = System.getProperty("tug.lc_all");
    if (locale != null) {
      variables.remove("LC_ALL");
      if (!locale.isEmpty()) {
        variables.put("LC_ALL", locale);
      }
    }
    return variables;
  }

  /** Where docker, helm and podman look too: a container's HOME is often not its user's. */
  private static Path home() {
    var home = System.getenv("HOME");
    var path = home == null ? null : FileName.path(home);
    return path != null && path.isAbsolute() ? path : Path.of(System.getProperty("user.home"));
  }

  /**
   * The process's terminal. Java can't tell which streams are a terminal; the launcher can, and
   * says so.
   *
   * @param streams holds {@code 0}, {@code 1} and {@code 2} for those that are
   * @param rows how many lines it has
   * @param columns how many characters a line has
   * @param interruption what ends a question
   */
  private record ProcessTerminal(String streams, int rows, int columns, Interruption interruption)
      implements Terminal {
    /** A terminal of the size that {@code stty size} tells; where it tells none, the usual one. */
    static ProcessTerminal of(String streams, String size, Interruption interruption) {
      if (size.isEmpty() || !size.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
        return new ProcessTerminal(streams, NONE.rows(), NONE.columns(), interruption);
      }
      var numbers = size.split(" ", -1);
      return new ProcessTerminal(
          streams, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), interruption);
    }

    @Override
    public boolean seesOutput() {
      return streams.contains("1");
    }

    @Override
    public boolean seesErrors() {
      return streams.contains("2");
    }

    @Override
    public Optional<String> ask(String prompt) {
      return console().map(console -> asking(() -> console.readLine("%s", prompt)));
    }

    @Override
    public Optional<String> askSecret(String prompt) {
      return console()
          .map(console -> asking(() -> console.readPassword("%s", prompt)))
          .map(String::new);
    }

    private <T> T asking(Supplier<T> question) {
      return interruption.asking(question, () -> System.err.printf("%ntug: interrupted%n"));
    }

    private Optional<Console> console() {
      return streams.contains("0") ? Optional.ofNullable(System.console()) : Optional.empty();
    }
  }
}
