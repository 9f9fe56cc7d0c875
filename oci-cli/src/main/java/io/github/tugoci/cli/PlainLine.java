package io.github.tugoci.cli;

import io.github.tugoci.cli.connect.ChartLimitsOption;
import io.github.tugoci.cli.shell.CliCommand;
import io.github.tugoci.cli.shell.CommonOptions;
import io.github.tugoci.text.FileName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A command line in its plain form: common options, the command's words, then parameters and
 * options by their whole names, each right. To understand it takes a table that the build makes of
 * the annotations (see CommandTable in src/build): picocli takes half the time of a short command
 * to start and to read them. Everything else is left to picocli: help, what is wrong, what is
 * written in another way.
 */
final class PlainLine {
  /** {@code image index create} is three words. */
  private static final int MOST_WORDS = 3;

  /** The path of a common option's field begins with it. */
  private static final String COMMON = "/";

  private final String table;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Set<String> given = new LinkedHashSet<>();
  private final List<String> parameters = new ArrayList<>();

  private PlainLine(String table) {
    this.table = table;
  }

  /**
   * Understands a line.
   *
   * @param tables gives each command its table
   * @return nothing if the line isn't plain
   */
  static Optional<ParsedLine> parse(UnaryOperator<@Nullable String> tables, List<String> words) {
    int first = 0;
    while (first < words.size() && words.get(first).startsWith("-")) {
      first++;
    }
    int begin = first;
    var name = "";
    @Nullable String table = null;
    while (table == null && begin < Math.min(words.size(), first + MOST_WORDS)) {
      name = begin == first ? words.get(begin) : name + " " + words.get(begin);
      table = tables.apply(name);
      begin++;
    }
    if (table == null) {
      return Optional.empty();
    }
    try {
      var line = new PlainLine(table);
      line.readCommon(words.subList(0, first));
      line.read(words.subList(begin, words.size()));
      return Optional.of(line.parsed());
    } catch (RuntimeException | ReflectiveOperationException notPlain) {
      return Optional.empty();
    }
  }

  /**
   * The tables, where the build has made them. A file that is read instead of a class takes 5 ms,
   * as the JVM has to open the jar.
   */
  static UnaryOperator<@Nullable String> tables() {
    try {
      var type = Class.forName(PlainLine.class.getPackageName() + ".CommandTable");
      @SuppressWarnings("unchecked")
      var tables = (UnaryOperator<@Nullable String>) create(type);
      return tables;
    } catch (ReflectiveOperationException notBuilt) {
      return name -> null;
    }
  }

  private static Object create(Class<?> type) throws ReflectiveOperationException {
    var constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static IllegalArgumentException notPlain() {
    return new IllegalArgumentException();
  }

  /** What stands before the command, such as {@code -q}: not an option of its own. */
  private void readCommon(List<String> words) {
    for (var word : words) {
      var option = option(word);
      if (option.most > 0
          || !option.field.startsWith(COMMON)
          || values.put(option.field, true) != null) {
        throw notPlain();
      }
    }
  }

  private void read(List<String> words) throws ReflectiveOperationException {
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      if (word.isEmpty() || !FileName.isText(word)) {
        throw notPlain();
      }
      if (word.charAt(0) != '-') {
        parameters.add(word);
        continue;
      }
      int equals = word.indexOf('=');
      var option = option(equals < 0 ? word : word.substring(0, equals));
      if (equals >= 0) {
        option(option, word.substring(equals + 1));
      } else if (option.most == 0) {
        put(option, true);
      } else if (option.least == 0) {
        withoutValue(option, i + 1 < words.size() ? words.get(i + 1) : "");
      } else {
        option(option, words.get(++i));
      }
    }
  }

  private Option option(String name) {
    int begin = table.indexOf("\n" + name + " ") + 1;
    if (begin == 0) {
      throw notPlain();
    }
    var words = table.substring(begin, table.indexOf('\n', begin)).split(" ", -1);
    if (!words[0].equals(name)) {
      throw notPlain();
    }
    return new Option(
        Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3], words[4], words[5]);
  }

  /** One with a value. */
  private void option(Option option, String word) throws ReflectiveOperationException {
    if (option.most != 1 || word.isEmpty() || word.charAt(0) == '-' || !FileName.isText(word)) {
      throw notPlain();
    }
    put(option, value(option.element(), word));
  }

  /** One that may have a value, where the next word could be it. */
  private void withoutValue(Option option, String next) {
    if (!option.type.equals("java.lang.Boolean")
        || next.equalsIgnoreCase("true")
        || next.equalsIgnoreCase("false")) {
      throw notPlain();
    }
    put(option, true);
  }

  private void put(Option option, Object value) {
    given.add(option.longest);
    if (option.isList()) {
      add(option.field, value);
    } else if (values.put(option.field, value) != null) {
      throw notPlain();
    }
  }

  @SuppressWarnings("unchecked")
  private void add(String field, Object value) {
    ((List<Object>) values.computeIfAbsent(field, key -> new ArrayList<>())).add(value);
  }

  private ParsedLine parsed() throws ReflectiveOperationException {
    var lines = table.split("\n", -1);
    int taken = 0;
    for (int i = 1; i < lines.length && lines[i].startsWith("#"); i++) {
      taken += parameter(lines[i].split(" ", -1));
    }
    var first = lines[0].split(" ", -1);
    for (int i = 1; i < first.length; i++) {
      if (!given.contains(first[i])) {
        throw notPlain();
      }
    }
    if (taken != parameters.size()) {
      throw notPlain();
    }
    var command = (CliCommand) create(Class.forName(first[0]));
    var common = new CommonOptions();
    for (var value : values.entrySet()) {
      var path = value.getKey();
      if (path.startsWith(COMMON)) {
        set(common, path.substring(1), value.getValue());
      } else {
        set(command, path, value.getValue());
      }
    }
    boolean limited = table.contains("\n" + ChartLimitsOption.NAME + " ");
    return new ParsedLine(common, command, given, limited);
  }

  private int parameter(String[] line) throws ReflectiveOperationException {
    int begin = Integer.parseInt(line[0].substring(1));
    long end = Math.min(parameters.size(), Integer.parseInt(line[1]) + 1L);
    int count = (int) Math.max(0, end - begin);
    int least = Integer.parseInt(line[2]);
    if (count < least) {
      throw notPlain();
    }
    var parameter = new Option(1, 1, line[3], line[4], "");
    for (int i = begin; i < end; i++) {
      var value = value(parameter.element(), parameters.get(i));
      if (parameter.isList()) {
        add(parameter.field, value);
      } else {
        values.put(parameter.field, value);
      }
    }
    return count;
  }

  private static Object value(String type, String word) throws ReflectiveOperationException {
    return switch (type) {
      case "java.lang.String" -> word;
      case "int" -> number(word);
      case "java.lang.Boolean" -> truth(word);
      default -> {
        var kind = Class.forName(type);
        yield kind.isEnum() ? constant(kind, word) : converted(kind, word);
      }
    };
  }

  private static Integer number(String word) {
    // With a zero in front it may be octal.
    if (word.startsWith("0") && word.length() > 1) {
      throw notPlain();
    }
    return Integer.valueOf(word);
  }

  private static Boolean truth(String word) {
    if (word.equals("true") || word.equals("false")) {
      return word.equals("true");
    }
    throw notPlain();
  }

  private static Object constant(Class<?> type, String word) {
    for (var constant : type.getEnumConstants()) {
      if (constant.toString().equalsIgnoreCase(word)) {
        return constant;
      }
    }
    throw notPlain();
  }

  private static Object converted(Class<?> type, String word) {
    var value = Converters.convert(type, word);
    if (value == null) {
      throw notPlain();
    }
    return value;
  }

  /** By handles: for a Field, Java 25 makes six classes first, which takes 5 ms. */
  private static void set(Object object, String path, Object value)
      throws ReflectiveOperationException {
    int dot = path.indexOf('.');
    var field = field(object, dot < 0 ? path : path.substring(0, dot));
    if (dot >= 0) {
      set(field.get(object), path.substring(dot + 1), value);
    } else if (field.varType() == int.class) {
      field.set(object, (int) value);
    } else if (field.varType() == boolean.class) {
      field.set(object, (boolean) value);
    } else {
      field.set(object, value);
    }
  }

  private static VarHandle field(Object object, String name) throws ReflectiveOperationException {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (var field : type.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
              .unreflectVarHandle(field);
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  /**
   * A line of the table.
   *
   * @param least how many values it has at least
   * @param most how many it has at most
   * @param type of its values, with a star if it is a list of them
   * @param field where they go
   * @param longest its longest name
   */
  private record Option(int least, int most, String type, String field, String longest) {
    boolean isList() {
      return type.endsWith("*");
    }

    String element() {
      return isList() ? type.substring(0, type.length() - 1) : type;
    }
  }

  /**
   * A command line that was understood.
   *
   * @param common the options of every command
   * @param command the command, with what the line gives it
   * @param given the longest names of the options that the line gives, in its order
   * @param limited whether the command has an option for larger charts
   */
  record ParsedLine(CommonOptions common, CliCommand command, Set<String> given, boolean limited) {}
}
