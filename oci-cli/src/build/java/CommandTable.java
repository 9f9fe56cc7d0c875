import io.github.tugoci.cli.CommandTree;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * Writes what the annotations of the commands say into one class, for {@code PlainLine}, and what
 * {@code SourceCommit} has written, for {@code Version}.
 *
 * <pre>java -cp CLASSPATH CommandTable.java CLASSES COMMIT-FILE</pre>
 *
 * <p>A command's text has a line for the command, one for each parameter, one for each name of an
 * option, each of words with a blank between:
 *
 * <pre>
 * CLASS REQUIRED-OPTION…
 * #FIRST-INDEX LAST-INDEX LEAST TYPE FIELD
 * NAME LEAST MOST TYPE FIELD LONGEST-NAME
 * </pre>
 *
 * TYPE has a star where the field is a list of it. FIELD is a path through mixins and groups, with
 * a slash in front where it begins at the common options. What {@code PlainLine} can't read is left
 * out: the option, or the whole command.
 */
public final class CommandTable {
  private CommandTable() {}

  public static void main(String[] args) throws IOException {
    var commands = new TreeMap<String, String>();
    collect(CommandTree.whole(), "", commands);
    var commit = Path.of(args[1]);
    if (Files.exists(commit)) {
      commands.put("#commit", Files.readString(commit));
    }
    compile(source(commands), Path.of(args[0]));
  }

  private static void collect(CommandLine line, String name, Map<String, String> commands) {
    line.getSubcommands()
        .forEach((word, child) -> collect(child, (name + " " + word).strip(), commands));
    if (line.getSubcommands().isEmpty()) {
      var text = text(line.getCommandSpec());
      if (text != null) {
        commands.put(name, text);
      }
    }
  }

  private static String text(CommandSpec spec) {
    var paths = new HashMap<Field, String>();
    if (!walk(spec.userObject().getClass(), "", paths)) {
      return null;
    }
    for (var option : spec.root().options()) {
      paths.put((Field) option.userObject(), "/" + ((Field) option.userObject()).getName());
    }
    var first = new StringBuilder(spec.userObject().getClass().getName());
    var text = new StringBuilder();
    for (var parameter : spec.positionalParameters()) {
      if (!isPlain(parameter, paths)) {
        return null;
      }
      text.append(parameter(parameter, paths.get(parameter.userObject())));
    }
    for (var option : spec.options()) {
      if (isPlain(option, paths)) {
        for (var name : option.names()) {
          text.append(option(name, option, paths.get(option.userObject())));
        }
      } else if (option.required()) {
        return null;
      }
      if (option.required()) {
        first.append(' ').append(option.longestName());
      }
    }
    return first.append('\n').append(text).toString();
  }

  /** Finds where the fields are; says whether the command has none that picocli alone can fill. */
  private static boolean walk(Class<?> type, String path, Map<Field, String> paths) {
    for (var at = type; at != null; at = at.getSuperclass()) {
      for (var field : at.getDeclaredFields()) {
        var name = path + field.getName();
        if (field.isAnnotationPresent(Spec.class)
            || field.isAnnotationPresent(ParentCommand.class)
            || field.isAnnotationPresent(Unmatched.class)) {
          return false;
        }
        boolean holder =
            field.isAnnotationPresent(Mixin.class) || field.isAnnotationPresent(ArgGroup.class);
        if (holder && !walk(field.getType(), name + ".", paths)) {
          return false;
        }
        paths.put(field, name);
      }
    }
    return true;
  }

  private static boolean isPlain(ArgSpec argument, Map<Field, String> paths) {
    if (argument.defaultValue() != null) {
      throw new IllegalArgumentException("not its field's value is the default of " + argument);
    }
    boolean list = argument.type() == List.class;
    boolean help =
        argument instanceof OptionSpec option
            && (option.usageHelp() || option.versionHelp() || option.negatable());
    return paths.containsKey(argument.userObject())
        && (list || !argument.typeInfo().isMultiValue())
        && argument.splitRegex().isEmpty()
        && argument.converters().length == 0
        && argument.parameterConsumer() == null
        && (argument.group() == null || !argument.group().validate())
        && !argument.interactive()
        && !help;
  }

  private static String parameter(PositionalParamSpec parameter, String path) {
    return "#%d %d %d %s %s\n"
        .formatted(
            parameter.index().min(),
            parameter.index().max(),
            parameter.arity().min(),
            type(parameter),
            path);
  }

  private static String option(String name, OptionSpec option, String path) {
    return "%s %d %d %s %s %s\n"
        .formatted(
            name,
            option.arity().min(),
            option.arity().max(),
            type(option),
            path,
            option.longestName());
  }

  private static String type(ArgSpec argument) {
    return argument.auxiliaryTypes()[0].getName() + (argument.typeInfo().isCollection() ? "*" : "");
  }

  private static String source(Map<String, String> commands) {
    var code = new StringBuilder();
    code.append("package io.github.tugoci.cli;\n")
        .append("final class CommandTable implements java.util.function.UnaryOperator<String> {\n")
        .append("  public String apply(String command) {\n")
        .append("    switch (command) {\n");
    commands.forEach(
        (name, text) ->
            code.append("      case \"%s\": return \"%s\";\n".formatted(name, escaped(text))));
    return code.append("      default: return null;\n    }\n  }\n}\n").toString();
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static void compile(String source, Path classes) throws IOException {
    var file =
        new SimpleJavaFileObject(
            URI.create("string:///CommandTable.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    var options = List.of("--release", "17", "-proc:none", "-d", classes.toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (!compiler.getTask(null, null, null, options, null, List.of(file)).call()) {
      throw new IOException("the table can't be compiled");
    }
  }
}
