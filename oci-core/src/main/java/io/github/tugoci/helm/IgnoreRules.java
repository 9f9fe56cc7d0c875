package io.github.tugoci.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a {@code .helmignore} file: the files and directories that don't belong to a chart.
 */
final class IgnoreRules {
  /** The file's name. */
  static final String FILE = ".helmignore";

  private static final String DEFAULT = "templates/.?*";

  private record Rule(Pattern pattern, boolean negated, boolean directory, boolean wholePath) {
    boolean matches(String path) {
      var text = wholePath ? path : path.substring(path.lastIndexOf('/') + 1);
      return pattern.matcher(text).matches();
    }
  }

  private final List<Rule> rules = new ArrayList<>();

  private IgnoreRules() {}

  /** What holds without a file. */
  static IgnoreRules defaults() {
    var rules = new IgnoreRules();
    rules.add(DEFAULT);
    return rules;
  }

  /**
   * Reads a file; the default holds, too.
   *
   * @throws IllegalArgumentException if a pattern can't be understood
   */
  static IgnoreRules parse(String text) {
    var rules = new IgnoreRules();
    text.lines().map(String::strip).forEach(rules::add);
    rules.add(DEFAULT);
    return rules;
  }

  private void add(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    if (line.contains("**")) {
      throw new IllegalArgumentException(
          "invalid pattern \"" + line + "\": ** is not supported by Helm");
    }
    boolean negated = line.startsWith("!");
    var rule = negated ? line.substring(1) : line;
    boolean directory = rule.endsWith("/");
    if (directory) {
      rule = rule.substring(0, rule.length() - 1);
    }
    boolean wholePath = rule.contains("/");
    rule = rule.startsWith("/") ? rule.substring(1) : rule;
    rules.add(new Rule(GlobPattern.compile(rule), negated, directory, wholePath));
  }

  /**
   * Whether something is ignored.
   *
   * @param path its path in the chart, with slashes
   */
  boolean ignores(String path, boolean isDirectory) {
    for (var rule : rules) {
      boolean candidate = isDirectory || !rule.directory();
      if (rule.negated() != (candidate && rule.matches(path))) {
        return true;
      }
    }
    return false;
  }
}
