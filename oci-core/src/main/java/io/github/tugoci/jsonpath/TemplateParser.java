package io.github.tugoci.jsonpath;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads JSONPath templates by the grammar of Kubernetes' client-go. */
final class TemplateParser {
  private static final Pattern RANGE =
      Pattern.compile("\\s*range(?=[\\s.$@\\[])(.*)", Pattern.DOTALL);
  private static final int MAX_DEPTH = 50;

  private final String template;
  private int at;

  TemplateParser(String template) {
    this.template = template;
  }

  JsonPath.Part parse() {
    return parts(0);
  }

  private IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException("invalid JSONPath \"" + template + "\": " + why);
  }

  private JsonPath.Part parts(int depth) {
    if (depth > MAX_DEPTH) {
      throw invalid("nested deeper than " + MAX_DEPTH);
    }
    var parts = new ArrayList<JsonPath.Part>();
    while (at < template.length()) {
      int brace = template.indexOf('{', at);
      var text = template.substring(at, brace < 0 ? template.length() : brace);
      parts.add((current, out) -> out.append(text));
      at += text.length();
      if (brace < 0) {
        break;
      }
      var action = action();
      if (action.strip().equals("end")) {
        if (depth == 0) {
          throw invalid("{end} without {range}");
        }
        return all(parts);
      }
      var range = RANGE.matcher(action);
      parts.add(
          range.matches()
              ? range(steps(range.group(1)), parts(depth + 1))
              : expression(steps(action)));
    }
    if (depth > 0) {
      throw invalid("{range} without {end}");
    }
    return all(parts);
  }

  private static JsonPath.Part all(List<JsonPath.Part> parts) {
    return (current, out) -> {
      for (var part : parts) {
        part.write(current, out);
      }
    };
  }

  /** An expression, whose values are written with spaces between them. */
  private static JsonPath.Part expression(Step steps) {
    return (current, out) ->
        out.append(
            steps.from(ExpressionParser.one(current)).stream()
                .map(JsonPath::print)
                .collect(Collectors.joining(" ")));
  }

  /** A template that is filled in for each of an expression's values. */
  private static JsonPath.Part range(Step over, JsonPath.Part body) {
    return (current, out) -> {
      for (var item : over.from(ExpressionParser.one(current))) {
        body.write(item, out);
      }
    };
  }

  private Step steps(String expression) {
    try {
      return new ExpressionParser(expression).parse();
    } catch (IllegalArgumentException e) {
      throw invalid(String.valueOf(e.getMessage()));
    }
  }

  /** What is in the braces that begin here; braces in quotes are none. */
  private String action() {
    int end = find(template, at + 1, true, i -> template.charAt(i) == '}');
    if (end < 0) {
      throw invalid("unclosed action");
    }
    var action = template.substring(at + 1, end);
    at = end + 1;
    return action;
  }

  /**
   * The first place outside of quotes where a condition holds; -1 if there is none.
   *
   * @param escapes whether a backslash takes the next character's meaning
   */
  static int find(String text, int from, boolean escapes, IntPredicate condition) {
    char quote = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escapes && c == '\\') {
        i++;
      } else if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (condition.test(i)) {
        return i;
      }
    }
    return -1;
  }
}
