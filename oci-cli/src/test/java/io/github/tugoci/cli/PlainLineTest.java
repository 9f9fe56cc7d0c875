package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.model.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** A line that is understood without picocli means what it means to picocli. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlainLineTest {
  private static final int LINES = 50;

  /** Forms that aren't plain, or wrong, and values that are easily taken for something else. */
  private static final List<String> ODD =
      List.of(
          "--",
          "-",
          "",
          "-h",
          "--help",
          "-qv",
          "-vv",
          "-uada",
          "--no-such",
          "--quiet=true",
          "-q",
          "--format",
          "--format=JSON",
          "--format=xml",
          "true",
          "FALSE",
          "--plain-http",
          "--plain-http=false",
          "--plain-http=no",
          "--retries=010",
          "--retries=+3",
          "--retries=-3",
          "--timeout=0s",
          "--timeout 1",
          "--tag=",
          "@file",
          "x y",
          "a=b",
          "\udcfc",
          "#0",
          "//");

  private final Map<String, CommandSpec> commands = new TreeMap<>();
  private UnaryOperator<String> tables;

  @BeforeAll
  void buildTables(@TempDir Path folder) throws Exception {
    BuildProgram.run("CommandTable", folder.toString(), folder.resolve("commit").toString());
    var bytes = Files.readAllBytes(folder.resolve("io/github/tugoci/cli/CommandTable.class"));
    tables = new Tables().create(bytes);
    collect(CommandTree.whole(), "");
  }

  /** The class that was built now, not the one that may be on the class path. */
  private static final class Tables extends ClassLoader {
    Tables() {
      super(PlainLine.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    UnaryOperator<String> create(byte[] file) throws ReflectiveOperationException {
      var constructor = defineClass(null, file, 0, file.length).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (UnaryOperator<String>) constructor.newInstance();
    }
  }

  private void collect(CommandLine line, String name) {
    line.getSubcommands().forEach((word, child) -> collect(child, (name + " " + word).strip()));
    if (line.getSubcommands().isEmpty() && !name.endsWith("help")) {
      commands.put(name, line.getCommandSpec());
    }
  }

  /** What picocli makes of a line. */
  private static PlainLine.ParsedLine parsed(List<String> words) {
    var line = CommandTree.branch(words);
    line.setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
    Converters.register(line);
    var root = line.parseArgs(words.toArray(String[]::new));
    var leaf = root;
    while (leaf.hasSubcommand()) {
      leaf = leaf.subcommand();
    }
    assertThat(leaf.isUsageHelpRequested()).as("%s asks for help", words).isFalse();
    var given = new LinkedHashSet<String>();
    leaf.matchedOptions().forEach(option -> given.add(option.longestName()));
    return new PlainLine.ParsedLine(
        ((Tug) root.commandSpec().userObject()).common,
        (CliCommand) leaf.commandSpec().userObject(),
        given,
        leaf.commandSpec().findOption("--max-file-size") != null);
  }

  /** Whether a line is plain; if it is, it means the same to picocli. */
  private boolean isPlain(List<String> words) {
    var plain = PlainLine.parse(tables, words);
    if (plain.isEmpty()) {
      return false;
    }
    try {
      assertThat(told(plain.get())).as("%s", words).isEqualTo(told(parsed(words)));
    } catch (ParameterException e) {
      fail(words + " is wrong: " + e.getMessage());
    }
    return true;
  }

  private static String told(PlainLine.ParsedLine line) {
    var told = new StringBuilder();
    told.append(line.command().getClass()).append(line.given()).append(line.limited());
    tell(line.common(), told);
    tell(line.command(), told);
    return told.toString();
  }

  private static void tell(Object object, StringBuilder told) {
    try {
      for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
        for (var field : type.getDeclaredFields()) {
          field.setAccessible(true);
          if (field.isAnnotationPresent(Mixin.class) || field.isAnnotationPresent(ArgGroup.class)) {
            tell(field.get(object), told);
          } else if (field.getType() != boolean[].class
              && (field.isAnnotationPresent(Option.class)
                  || field.isAnnotationPresent(Parameters.class))) {
            told.append('\n').append(field.getName()).append('=').append(field.get(object));
          }
        }
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static String value(ArgSpec argument, Random random) {
    var type = argument.auxiliaryTypes()[0];
    if (type == int.class) {
      return Integer.toString(random.nextInt(9));
    } else if (type == Boolean.class || type == boolean.class) {
      return "true";
    } else if (type == Duration.class) {
      return random.nextInt(1, 9) + "s";
    } else if (type == Platform.class) {
      return "linux/arm64";
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0].toString();
    } else if (argument.typeInfo().isMap()) {
      return "key=" + random.nextInt();
    }
    return "example.org/acme/app:" + random.nextInt(9);
  }

  private static void add(OptionSpec option, Random random, List<List<String>> parts) {
    var name = option.names()[random.nextInt(option.names().length)];
    if (option.arity().max() == 0) {
      parts.add(List.of(name));
    } else if (option.arity().min() == 0 || random.nextBoolean()) {
      parts.add(List.of(name + "=" + value(option, random)));
    } else {
      parts.add(List.of(name, value(option, random)));
    }
  }

  private static void add(PositionalParamSpec parameter, Random random, List<List<String>> parts) {
    int first = parameter.index().min();
    int most = Math.min(parameter.index().max(), first + 2) - first + 1;
    int count = Math.max(parameter.arity().min(), random.nextInt(most + 1));
    for (int i = 0; i < count; i++) {
      parts.add(List.of(value(parameter, random)));
    }
  }

  /** A line as a user may write it, or nearly so. */
  private static List<String> line(String name, CommandSpec spec, Random random, boolean odd) {
    var parts = new ArrayList<List<String>>();
    spec.positionalParameters().forEach(parameter -> add(parameter, random, parts));
    for (var option : spec.options()) {
      boolean repeated = option.typeInfo().isMultiValue() && random.nextInt(4) == 0;
      if (!option.usageHelp() && (option.required() || random.nextInt(8) == 0 || repeated)) {
        add(option, random, parts);
        if (repeated) {
          add(option, random, parts);
        }
      }
    }
    for (int i = odd ? random.nextInt(3) : 0; i > 0; i--) {
      parts.add(List.of(ODD.get(random.nextInt(ODD.size()))));
    }
    if (odd && random.nextInt(4) == 0 && !parts.isEmpty()) {
      parts.remove(random.nextInt(parts.size()));
    }
    Collections.shuffle(parts, random);
    var words = new ArrayList<>(List.of(name.split(" ")));
    if (random.nextInt(8) == 0) {
      words.add(0, odd ? ODD.get(random.nextInt(ODD.size())) : "-q");
    }
    parts.forEach(words::addAll);
    return words;
  }

  @Test
  void aPlainLineMeansTheSameAsToPicocli() {
    var random = new Random(18);
    commands.forEach(
        (name, spec) -> {
          int plain = 0;
          for (int i = 0; i < LINES; i++) {
            plain += isPlain(line(name, spec, random, false)) ? 1 : 0;
          }
          assertThat(plain).as(name).isPositive();
        });
  }

  @Test
  void anOddLineMeansTheSameAsToPicocliOrIsLeftToIt() {
    var random = new Random(81);
    commands.forEach(
        (name, spec) -> {
          for (int i = 0; i < LINES; i++) {
            isPlain(line(name, spec, random, true));
          }
        });
  }

  /** To picocli: with an arity of 2 and more, parameters would have to stand side by side. */
  @Test
  void optionsMayStandBetweenParameters() {
    commands.forEach(
        (name, spec) ->
            assertThat(spec.positionalParameters())
                .as(name)
                .allMatch(parameter -> parameter.arity().min() < 2));
  }

  @Test
  void theUsualLinesArePlain() {
    assertThat(
            List.of(
                "version",
                "resolve localhost:5000/app:1.0 --plain-http",
                "chart push ./shop oci://ghcr.io/acme/charts",
                "chart pull oci://ghcr.io/acme/charts/shop --version 1.0.0 -d out",
                "push ./shop oci://ghcr.io/acme/charts --timeout 2m --format json",
                "pull ghcr.io/acme/app:1.0 -q --no-progress",
                "-q --no-progress chart pull oci://ghcr.io/acme/charts/shop:1.0.0 -d out",
                "image push oci:build/image ghcr.io/acme/app:1.0 --tag 1 --tag latest",
                "copy a.example/app:1 b.example/app:1 --platform linux/amd64 --concurrency=3"))
        .allSatisfy(line -> assertThat(isPlain(List.of(line.split(" ")))).as(line).isTrue());
  }

  @Test
  void whatIsWrongIsLeftToPicocli() {
    assertThat(
            List.of(
                "vesion",
                "chart",
                "chart psh a b",
                "resolve",
                "resolve a/b c/d",
                "resolve A/b",
                "resolve a/b --timeout",
                "resolve a/b --timeout x",
                "resolve a/b --retries 1 --retries 2",
                "sign a/b",
                "-q -q version",
                "--plain-http resolve a/b",
                "--format json version",
                "version --help"))
        .allSatisfy(
            line -> assertThat(PlainLine.parse(tables, List.of(line.split(" ")))).isEmpty());
  }
}
