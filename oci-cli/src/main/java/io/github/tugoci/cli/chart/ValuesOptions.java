package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidValuesException;
import io.github.tugoci.schema.UserValues;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Helm's options for values. */
final class ValuesOptions {
  /** As much as the library takes of a file. */
  private static final int MAX_VALUES = 64 << 20;

  @Option(
      names = {"-f", "--values"},
      paramLabel = "FILE",
      split = ",",
      description =
          "Merge the values of a YAML file over the chart's; - is standard input; repeatable.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Set values, such as a.b=1,c[0]=x,d={e,f}; repeatable.")
  private List<String> typed = new ArrayList<>();

  @Option(
      names = "--set-string",
      paramLabel = "NAME=TEXT",
      description = "Set values that are always strings; repeatable.")
  private List<String> texts = new ArrayList<>();

  @Option(
      names = "--set-json",
      paramLabel = "NAME=JSON",
      description = "Set values in JSON, by name or as one object; repeatable.")
  private List<String> json = new ArrayList<>();

  @Option(
      names = "--set-file",
      paramLabel = "NAME=FILE",
      description = "Set values to the contents of files; repeatable.")
  private List<String> textFiles = new ArrayList<>();

  @Option(
      names = "--set-literal",
      paramLabel = "NAME=TEXT",
      description = "Set a value to a string in which no character is special; repeatable.")
  private List<String> literals = new ArrayList<>();

  UserValues read(CommandContext session) throws IOException {
    var values = UserValues.builder();
    try {
      for (var file : files) {
        if (file.strip().equals("-")) {
          values.yaml(session.environment().read("-", MAX_VALUES), "stdin");
        } else if (file.matches("https?://.*")) {
          throw new InvalidInputException(
              "unsupported --values \"%s\": not a file".formatted(file), "download it first");
        } else {
          values.file(FileName.path(file));
        }
      }
      typed.forEach(values::set);
      texts.forEach(values::setString);
      json.forEach(values::setJson);
      textFiles.forEach(values::setFile);
      literals.forEach(values::setLiteral);
      return values.build();
    } catch (InvalidValuesException e) {
      throw InvalidInputException.of(e, "write values as for helm install");
    }
  }
}
