package io.github.tugoci.cli.chart;

import io.github.tugoci.cli.chart.JsonPath.Descent;
import io.github.tugoci.cli.chart.JsonPath.Expression;
import io.github.tugoci.cli.chart.JsonPath.Field;
import io.github.tugoci.cli.chart.JsonPath.Filter;
import io.github.tugoci.cli.chart.JsonPath.Literal;
import io.github.tugoci.cli.chart.JsonPath.Part;
import io.github.tugoci.cli.chart.JsonPath.Range;
import io.github.tugoci.cli.chart.JsonPath.Slice;
import io.github.tugoci.cli.chart.JsonPath.Step;
import io.github.tugoci.cli.chart.JsonPath.Text;
import io.github.tugoci.cli.chart.JsonPath.Union;
import io.github.tugoci.cli.chart.JsonPath.Wildcard;
import io.github.tugoci.cli.shell.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSONPath templates by the grammar of Kubernetes' client-go. */
final class JsonPathParser {
  private static final Pattern RANGE =
      Pattern.compile("\\s*range(?=[\\s.$@\\[])(.*)", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.]*");
  private static final Pattern KEY = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern INDEX =
      Pattern.compile("(-?[0-9]{0,9})(?:(:)(-?[0-9]{0,9}))?(?::(-?[0-9]{0,9}))?");
  private static final Pattern COMPARISON =
      Pattern.compile("([^!<>=]+?)\\s*(==|!=|<=|>=|<|>)\\s*(.+?)\\s*", Pattern.DOTALL);
  private static final String ENDS_NAME = " \t\r\n.,[]$@{}";
  private static final int MAX_DEPTH = 50;

  private final String template;
  private int at;

  private JsonPathParser(String template) {
    this.template = template;
  }

  /**
   * Reads a template.
   *
   * @throws InvalidInputException if it is malformed
   */
  static JsonPath parse(String template) {
    var parser = new JsonPathParser(template);
    return new JsonPath(parser.parts(0));
  }

  private InvalidInputException invalid(String why) {
    return new InvalidInputException(
        "invalid JSONPath \"" + template + "\": " + why,
        "write it as for kubectl: {.image.tag}, {.items[*].name}");
  }

  private List<Part> parts(int depth) {
    if (depth > MAX_DEPTH) {
      throw invalid("nested deeper than " + MAX_DEPTH);
    }
    var parts = new ArrayList<Part>();
    while (at < template.length()) {
      int brace = template.indexOf('{', at);
      int end = brace < 0 ? template.length() : brace;
      if (end > at) {
        parts.add(new Text(template.substring(at, end)));
      }
      at = end;
      if (brace < 0) {
        break;
      }
      var action = action();
      if (action.strip().equals("end")) {
        if (depth == 0) {
          throw invalid("{end} without {range}");
        }
        return parts;
      }
      var range = RANGE.matcher(action);
      parts.add(
          range.matches()
              ? new Range(new Steps(range.group(1)).all(), parts(depth + 1))
              : new Expression(new Steps(action).all()));
    }
    if (depth > 0) {
      throw invalid("{range} without {end}");
    }
    return parts;
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
  private static int find(String text, int from, boolean escapes, IntPredicate condition) {
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

  /** The steps of one expression. */
  private final class Steps {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int next;

    Steps(String text) {
      this.text = text;
    }

    List<Step> all() {
      while (next < text.length()) {
        one();
      }
      return steps;
    }

    private void one() {
      char c = text.charAt(next);
      if (Character.isWhitespace(c) || c == '@' || c == '$') {
        next++;
      } else if (c == '[') {
        array();
      } else if (c == '"' || c == '\'') {
        steps.add(new Literal(quoted(c)));
      } else if (text.startsWith("..", next)) {
        steps.add(new Descent());
        next += 2;
        if (next < text.length() && text.charAt(next) != '[') {
          field();
        }
      } else if (c == '.') {
        next++;
        field();
      } else {
        word();
      }
    }

    private void field() {
      var name = new StringBuilder();
      while (next < text.length() && ENDS_NAME.indexOf(text.charAt(next)) < 0) {
        if (text.charAt(next) == '\\' && next + 1 < text.length()) {
          next++;
        }
        name.append(text.charAt(next++));
      }
      steps.add(name.toString().equals("*") ? new Wildcard() : new Field(name.toString()));
    }

    private String quoted(char quote) {
      var value = new StringBuilder();
      for (next++; next < text.length() && text.charAt(next) != quote; next++) {
        char c = text.charAt(next);
        if (c == '\\' && next + 1 < text.length()) {
          c = text.charAt(++next);
          int escape = "ntr".indexOf(c);
          c = escape < 0 ? c : "\n\t\r".charAt(escape);
        }
        value.append(c);
      }
      next++;
      return value.toString();
    }

    private void word() {
      var number = NUMBER.matcher(text).region(next, text.length());
      var word = WORD.matcher(text).region(next, text.length());
      if (number.lookingAt()) {
        next = number.end();
        steps.add(new Literal(number(number.group())));
      } else if (word.lookingAt() && word.group().matches("true|false")) {
        next = word.end();
        steps.add(new Literal(Boolean.valueOf(word.group())));
      } else {
        throw invalid(
            word.lookingAt()
                ? "unrecognized identifier " + word.group()
                : "unrecognized character '" + text.charAt(next) + "'");
      }
    }

    private Object number(String digits) {
      try {
        if (digits.contains(".")) {
          return Double.valueOf(digits);
        }
        return Long.valueOf(digits);
      } catch (NumberFormatException e) {
        throw invalid("invalid number " + digits);
      }
    }

    private void array() {
      if (text.startsWith("[?(", next)) {
        int end = closing(next + 3, ")]");
        steps.add(filter(text.substring(next + 3, end)));
        next = end + 2;
        return;
      }
      int end = closing(next + 1, "]");
      var items = split(text.substring(next + 1, end));
      if (items.size() == 1) {
        steps.add(item(items.get(0)));
      } else {
        steps.add(new Union(items.stream().map(item -> List.of(item(item))).toList()));
      }
      next = end + 1;
    }

    private int closing(int from, String end) {
      int found = find(text, from, false, i -> text.startsWith(end, i));
      if (found < 0) {
        throw invalid("unterminated " + (end.length() == 1 ? "array" : "filter"));
      }
      return found;
    }

    private List<String> split(String inside) {
      var items = new ArrayList<String>();
      int start = 0;
      for (int comma = 0; comma >= 0; start = comma + 1) {
        comma = find(inside, start, false, i -> inside.charAt(i) == ',');
        items.add(inside.substring(start, comma < 0 ? inside.length() : comma).strip());
      }
      return items;
    }

    private Step item(String inside) {
      var key = KEY.matcher(inside);
      if (key.matches()) {
        return new Field(key.group(1) == null ? key.group(2) : key.group(1));
      }
      var index = INDEX.matcher(inside);
      if (inside.equals("*")) {
        return new Wildcard();
      }
      if (inside.isEmpty() || !index.matches()) {
        throw invalid("invalid array index " + inside);
      }
      return slice(index, inside);
    }

    private Slice slice(Matcher index, String inside) {
      var from = integer(index.group(1), inside);
      if (index.group(2) == null) {
        return new Slice(from, null, 1, true);
      }
      var step = integer(index.group(4) == null ? "" : index.group(4), inside);
      if (step != null && step <= 0) {
        throw invalid("step must be > 0 in [" + inside + "]");
      }
      return new Slice(from, integer(index.group(3), inside), step == null ? 1 : step, false);
    }

    private @Nullable Integer integer(String digits, String inside) {
      try {
        return digits.isEmpty() ? null : Integer.valueOf(digits);
      } catch (NumberFormatException e) {
        throw invalid("invalid array index " + inside);
      }
    }

    private Filter filter(String inside) {
      var comparison = COMPARISON.matcher(inside);
      if (!comparison.matches() && inside.matches(".*[=<>!].*")) {
        throw invalid("unrecognized comparison in " + inside);
      }
      return comparison.matches()
          ? new Filter(
              new Steps(comparison.group(1)).all(),
              comparison.group(2),
              new Steps(comparison.group(3)).all())
          : new Filter(new Steps(inside).all(), "", List.of());
    }
  }
}
