package io.github.tugoci.json;

import io.github.tugoci.error.InvalidContentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object whose members are read with their types; a wrong type is an {@link
 * InvalidContentException} that names the document and the path. A member that is absent and one
 * that is {@code null} are the same.
 */
public final class JsonObject {
  private final Map<String, Object> members;
  private final String path;

  private JsonObject(Map<String, Object> members, String path) {
    this.members = Collections.unmodifiableMap(members);
    this.path = path;
  }

  static JsonObject of(Map<?, ?> map, String path) {
    var members = new LinkedHashMap<String, Object>();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            members.put(String.valueOf(name), value);
          }
        });
    return new JsonObject(members, path);
  }

  /** The document's name and the way to this object in it, for messages. */
  public String path() {
    return path;
  }

  /** All members as plain values, in the document's order; unmodifiable. */
  public Map<String, Object> asMap() {
    return members;
  }

  /** The members whose names a reader doesn't know, in order, to be kept. */
  public Map<String, Object> except(Set<String> known) {
    var rest = new LinkedHashMap<String, Object>();
    members.forEach(
        (name, value) -> {
          if (!known.contains(name)) {
            rest.put(name, value);
          }
        });
    return rest;
  }

  /** A string member. */
  public Optional<String> string(String name) throws InvalidContentException {
    return as(name, String.class, "a string");
  }

  /** A string member that must be there. */
  public String requiredString(String name) throws InvalidContentException {
    return string(name).orElseThrow(() -> missing(name));
  }

  /** The object that a path of members leads to; empty if one of them is absent. */
  public Optional<JsonObject> objectAt(String... names) throws InvalidContentException {
    var found = Optional.of(this);
    for (var name : names) {
      // Optional.flatMap can't pass the exception on.
      found = found.isPresent() ? found.get().object(name) : found;
    }
    return found;
  }

  /** The string that a path of members leads to; an empty one if one of them is absent. */
  public String textAt(String... names) throws InvalidContentException {
    int last = names.length - 1;
    var parent = objectAt(Arrays.copyOf(names, last));
    return parent.isPresent() ? parent.get().string(names[last]).orElse("") : "";
  }

  /** A number member without fraction, within a long. */
  public Optional<Long> integer(String name) throws InvalidContentException {
    var value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Integer || value instanceof Long) {
      return Optional.of(((Number) value).longValue());
    }
    throw wrong(name, "an integer");
  }

  /** A boolean member. */
  public Optional<Boolean> bool(String name) throws InvalidContentException {
    return as(name, Boolean.class, "true or false");
  }

  /** An object member. */
  public Optional<JsonObject> object(String name) throws InvalidContentException {
    return as(name, Map.class, "an object").map(map -> of(map, at(name)));
  }

  /** An object member that must be there. */
  public JsonObject requiredObject(String name) throws InvalidContentException {
    return object(name).orElseThrow(() -> missing(name));
  }

  /** A member that is a list of objects; empty if absent. */
  public List<JsonObject> objects(String name) throws InvalidContentException {
    var objects = new ArrayList<JsonObject>();
    for (var item : list(name)) {
      if (!(item instanceof Map<?, ?> map)) {
        throw wrong(name + "[" + objects.size() + "]", "an object");
      }
      objects.add(of(map, at(name + "[" + objects.size() + "]")));
    }
    return objects;
  }

  /** A member that is a list of strings; empty if absent. */
  public List<String> strings(String name) throws InvalidContentException {
    var strings = new ArrayList<String>();
    for (var item : list(name)) {
      if (!(item instanceof String string)) {
        throw wrong(name + "[" + strings.size() + "]", "a string");
      }
      strings.add(string);
    }
    return strings;
  }

  /** A member that is an object of strings, in order; empty if absent. */
  public Map<String, String> stringMap(String name) throws InvalidContentException {
    var strings = new LinkedHashMap<String, String>();
    var object = object(name);
    if (object.isPresent()) {
      for (var key : object.get().members.keySet()) {
        strings.put(key, object.get().string(key).orElse(""));
      }
    }
    return Collections.unmodifiableMap(strings);
  }

  private List<?> list(String name) throws InvalidContentException {
    return as(name, List.class, "a list").orElse(List.of());
  }

  private <T> Optional<T> as(String name, Class<T> type, String expected)
      throws InvalidContentException {
    var value = members.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw wrong(name, expected);
    }
    return Optional.of(type.cast(value));
  }

  private InvalidContentException missing(String name) {
    return new InvalidContentException(at(name) + " is missing");
  }

  private InvalidContentException wrong(String name, String expected) {
    return new InvalidContentException(at(name) + " must be " + expected);
  }

  private String at(String name) {
    return path + ": " + name;
  }
}
