package io.github.tugoci.cli.publish;

import io.github.tugoci.cli.shell.Environment;
import io.github.tugoci.cli.shell.Failure;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.file.AppendedFile;
import io.github.tugoci.file.UnfitFileException;
import io.github.tugoci.model.Annotations;
import io.github.tugoci.text.FileName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The job of GitHub Actions that the command is a step of, if it is one: the files that a step
 * writes for those after it, and the lines that the runner understands.
 *
 * @param environment tells of the job
 */
record GitHub(Environment environment) {
  private static final String OUTPUT = "GITHUB_OUTPUT";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final String SUMMARY = "GITHUB_STEP_SUMMARY";

  /** Where the source is and which revision it has, as annotations. */
  Map<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    var server = environment.variable("GITHUB_SERVER_URL").orElse("https://github.com");
    environment
        .variable("GITHUB_REPOSITORY")
        .ifPresent(name -> annotations.put(Annotations.SOURCE, server + "/" + name));
    environment.variable("GITHUB_SHA").ifPresent(sha -> annotations.put(Annotations.REVISION, sha));
    return annotations;
  }

  /** Fails if the files can't be written: better now than after the work. */
  void checkFiles() throws IOException {
    append(OUTPUT, "");
    append(SUMMARY, "");
  }

  /** Gives outputs to the steps after this one. */
  void output(Map<String, String> outputs) throws IOException {
    var lines = new StringBuilder();
    outputs.forEach((name, value) -> lines.append(line(name, value)));
    append(OUTPUT, lines.toString());
  }

  /** A delimiter that nobody can guess keeps a value from ending early and naming others. */
  private static String line(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("invalid output name \"" + name + "\"");
    }
    if (value.chars().noneMatch(c -> c == '\n' || c == '\r')) {
      return name + "=" + value + "\n";
    }
    var delimiter = "tug_" + UUID.randomUUID();
    return name + "<<" + delimiter + "\n" + value + "\n" + delimiter + "\n";
  }

  /** Adds Markdown to the job's page. */
  void summary(String markdown) throws IOException {
    append(SUMMARY, markdown);
  }

  private void append(String variable, String text) throws IOException {
    var file = environment.variable(variable);
    if (file.isPresent()) {
      try {
        AppendedFile.append(FileName.path(file.get()), text);
      } catch (UnfitFileException e) {
        throw new InvalidInputException(
            "invalid environment variable %s: %s".formatted(variable, e.getMessage()),
            "set it to the name of a file",
            e);
      }
    }
  }

  /** Marks the step with what failed. */
  void fail(String title, Failure failure) {
    var hint = failure.hint() == null ? "" : "\nhint: " + failure.hint();
    environment.tellRunner("error title=" + title, failure.message() + hint);
  }
}
