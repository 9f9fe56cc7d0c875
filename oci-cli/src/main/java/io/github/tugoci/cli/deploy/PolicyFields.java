package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.InvalidInputException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A map of the policy whose keys are read with their types. What is of another type, and what was
 * never asked for, is an error that names the place.
 */
final class PolicyFields {
  private static final Pattern TIME = Pattern.compile("(?:[0-9]{1,4}[hms]){1,3}");

  private final String file;
  private final String path;
  private final Map<?, ?> values;
  private final SortedSet<String> asked = new TreeSet<>();

  private PolicyFields(String file, String path, Map<?, ?> values) {
    this.file = file;
    this.path = path;
    this.values = values;
  }

  static PolicyFields of(String file, @Nullable Object document) {
    if (document instanceof Map<?, ?> map) {
      return new PolicyFields(file, "", map);
    }
    throw new InvalidInputException("invalid policy: %s is not a map".formatted(file), null);
  }

  Optional<String> string(String key) {
    return value(key, String.class, "a string; quote it if it looks like a number");
  }

  String required(String key) {
    return string(key).orElseThrow(() -> missing(key));
  }

  /** Without a key it may be there, misspelt. */
  private InvalidInputException missing(String key) {
    for (var other : values.keySet()) {
      var name = String.valueOf(other);
      if (!asked.contains(name) && isLike(name, key)) {
        return new InvalidInputException(
            "%s: unknown key %s%s".formatted(file, path, name), "did you mean " + key + "?");
      }
    }
    return invalid(key, "is missing");
  }

  String required(String key, Pattern form, String otherwise) {
    return checked(key, required(key), form, otherwise);
  }

  Optional<String> string(String key, Pattern form, String otherwise) {
    return string(key).map(text -> checked(key, text, form, otherwise));
  }

  /** One of a type's words. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    var words = Arrays.stream(type.getEnumConstants()).map(PolicyFields::word).toList();
    return string(key)
        .map(
            text -> {
              if (!words.contains(text)) {
                throw invalid(key, "must be " + String.join(" or ", words));
              }
              return type.getEnumConstants()[words.indexOf(text)];
            });
  }

  /** How the policy and the audit file write it. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }

  Optional<Boolean> bool(String key) {
    return value(key, Boolean.class, "true or false");
  }

  int integer(String key, int otherwise, int most) {
    var number = value(key, Long.class, "a number");
    if (number.isPresent() && (number.get() < 0 || number.get() > most)) {
      throw invalid(key, "must be 0 to " + most);
    }
    return number.map(Long::intValue).orElse(otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return string(key)
        .map(
            text ->
                time(text).orElseThrow(() -> invalid(key, "must be a time: write 10m or 1h30m")))
        .orElse(otherwise);
  }

  /** A time as Go writes it, from a second to some months: {@code 90s}, {@code 1h30m}. */
  static Optional<Duration> time(String text) {
    try {
      return Optional.of(text)
          .filter(time -> TIME.matcher(time).matches())
          .map(time -> Duration.parse("PT" + time.toUpperCase(Locale.ROOT)))
          .filter(time -> !time.isZero());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  List<String> strings(String key) {
    var strings = new ArrayList<String>();
    for (var item : value(key, List.class, "a list").orElse(List.of())) {
      if (!(item instanceof String text)) {
        throw invalid(key, "must hold strings");
      }
      strings.add(text);
    }
    return strings;
  }

  Optional<PolicyFields> map(String key) {
    return value(key, Map.class, "a map").map(map -> new PolicyFields(file, path + key + ".", map));
  }

  /** A map of strings, whose keys are free. */
  Map<String, String> texts(String key) {
    var texts = new LinkedHashMap<String, String>();
    map(key)
        .ifPresent(
            fields ->
                fields.values.forEach(
                    (name, value) -> {
                      if (!(value instanceof String text)) {
                        throw fields.invalid(String.valueOf(name), "must be a string; quote it");
                      }
                      texts.put(String.valueOf(name), text);
                    }));
    return texts;
  }

  boolean isText(String key) {
    return values.get(key) instanceof String;
  }

  /** All maps in this one by their keys, which are free. */
  Map<String, PolicyFields> maps() {
    var maps = new LinkedHashMap<String, PolicyFields>();
    for (var key : values.keySet()) {
      var name = String.valueOf(key);
      maps.put(name, map(name).orElseThrow());
    }
    return maps;
  }

  /** Refuses unknown keys before the others are read, where one may be another's misspelling. */
  void onlyKnows(Set<String> keys) {
    asked.addAll(keys);
    end();
  }

  /** Refuses unknown keys. */
  void end() {
    for (var key : values.keySet()) {
      var name = String.valueOf(key);
      if (!asked.contains(name)) {
        throw new InvalidInputException(
            "%s: unknown key %s%s".formatted(file, path, name), hint(name, asked));
      }
    }
  }

  InvalidInputException invalid(String key, String fault) {
    return new InvalidInputException("%s: %s%s %s".formatted(file, path, key, fault), null);
  }

  /** The word that may have been meant, and all known ones. */
  static String hint(String word, SortedSet<String> known) {
    var like =
        known.stream()
            .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
            .filter(candidate -> isLike(word, candidate));
    return like.map(candidate -> "did you mean " + candidate + "? ").orElse("")
        + "known are "
        + String.join(", ", known);
  }

  private static boolean isLike(String word, String candidate) {
    return distance(word, candidate) <= 1 + candidate.length() / 3;
  }

  /** How many letters must be added, dropped or changed. */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  private String checked(String key, String text, Pattern form, String otherwise) {
    if (!form.matcher(text).matches()) {
      throw invalid(key, "must be " + otherwise);
    }
    return text;
  }

  private <T> Optional<T> value(String key, Class<T> type, String expected) {
    asked.add(key);
    if (!values.containsKey(key)) {
      return Optional.empty();
    }
    var value = values.get(key);
    if (value == null || !type.isInstance(value)) {
      throw invalid(key, "must be " + expected);
    }
    return Optional.of(type.cast(value));
  }
}
