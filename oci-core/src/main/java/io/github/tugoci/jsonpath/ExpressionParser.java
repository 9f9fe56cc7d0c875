package io.github.tugoci.jsonpath;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the steps of one expression; its errors say what is wrong, without the template. */
final class ExpressionParser {
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]+");
  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.]*");
  private static final Pattern KEY = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final Pattern INDEX =
      Pattern.compile("(-?[0-9]{0,9})(?:(:)(-?[0-9]{0,9}))?(?::(-?[0-9]{0,9}))?");
  private static final Pattern COMPARISON =
      Pattern.compile("([^!<>=]+?)\\s*(==|!=|<=|>=|<|>)\\s*(.+?)\\s*", Pattern.DOTALL);
  private static final String ENDS_NAME = " \t\r\n.,[]$@{}";

  private final String text;
  private final List<Step> steps = new ArrayList<>();
  private int next;

  ExpressionParser(String text) {
    this.text = text;
  }

  /** A value as a list, which may hold null. */
  static List<@Nullable Object> one(@Nullable Object value) {
    return Collections.singletonList(value);
  }

  /** All steps as one. */
  Step parse() {
    while (next < text.length()) {
      step();
    }
    return (List<@Nullable Object> values) -> {
      List<@Nullable Object> reached = values;
      for (var step : steps) {
        reached = step.from(reached);
      }
      return reached;
    };
  }

  private static IllegalArgumentException invalid(String why) {
    return new IllegalArgumentException(why);
  }

  private void step() {
    char c = text.charAt(next);
    if (Character.isWhitespace(c) || c == '@' || c == '$') {
      next++;
    } else if (c == '[') {
      array();
    } else if (c == '"' || c == '\'') {
      steps.add(Step.literal(quoted(c)));
    } else if (text.startsWith("..", next)) {
      steps.add(Step.descent());
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
    steps.add(name.toString().equals("*") ? Step.wildcard() : Step.field(name.toString()));
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
      steps.add(Step.literal(number(number.group())));
    } else if (word.lookingAt() && word.group().matches("true|false")) {
      next = word.end();
      steps.add(Step.literal(Boolean.valueOf(word.group())));
    } else {
      throw invalid(
          word.lookingAt()
              ? "unrecognized identifier " + word.group()
              : "unrecognized character '" + text.charAt(next) + "'");
    }
  }

  private static Object number(String digits) {
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
    steps.add(
        items.size() == 1
            ? item(items.get(0))
            : Step.union(items.stream().map(ExpressionParser::item).toList()));
    next = end + 1;
  }

  private int closing(int from, String end) {
    int found = TemplateParser.find(text, from, false, i -> text.startsWith(end, i));
    if (found < 0) {
      throw invalid("unterminated " + (end.length() == 1 ? "array" : "filter"));
    }
    return found;
  }

  private static List<String> split(String inside) {
    var items = new ArrayList<String>();
    int start = 0;
    for (int comma = 0; comma >= 0; start = comma + 1) {
      comma = TemplateParser.find(inside, start, false, i -> inside.charAt(i) == ',');
      items.add(inside.substring(start, comma < 0 ? inside.length() : comma).strip());
    }
    return items;
  }

  private static Step item(String inside) {
    var key = KEY.matcher(inside);
    if (key.matches()) {
      return Step.field(key.group(1) == null ? key.group(2) : key.group(1));
    }
    if (inside.equals("*")) {
      return Step.wildcard();
    }
    var index = INDEX.matcher(inside);
    if (inside.isEmpty() || !index.matches()) {
      throw invalid("invalid array index " + inside);
    }
    var from = integer(index.group(1), inside);
    if (index.group(2) == null && from != null) {
      return Step.item(from);
    }
    var step = integer(index.group(4) == null ? "" : index.group(4), inside);
    if (step != null && step <= 0) {
      throw invalid("step must be > 0 in [" + inside + "]");
    }
    return Step.slice(from, integer(index.group(3), inside), step == null ? 1 : step);
  }

  private static @Nullable Integer integer(String digits, String inside) {
    try {
      return digits.isEmpty() ? null : Integer.valueOf(digits);
    } catch (NumberFormatException e) {
      throw invalid("invalid array index " + inside);
    }
  }

  private static Step filter(String inside) {
    var comparison = COMPARISON.matcher(inside);
    if (comparison.matches()) {
      return Step.filter(
          new ExpressionParser(comparison.group(1)).parse(),
          comparison.group(2),
          new ExpressionParser(comparison.group(3)).parse());
    }
    if (inside.matches(".*[=<>!].*")) {
      throw invalid("unrecognized comparison in " + inside);
    }
    return Step.filter(
        new ExpressionParser(inside).parse(), "", (List<@Nullable Object> values) -> values);
  }
}
