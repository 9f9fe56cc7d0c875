package io.github.tugoci.image;

import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Platform;
import io.github.tugoci.reference.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A mutable image config. What isn't changed stays, known to us or not; members come in the order
 * in which Go programs write them (image-spec, config.md).
 */
final class ConfigDocument {
  private static final List<String> ORDER =
      List.of(
          "created",
          "author",
          "architecture",
          "os",
          "os.version",
          "os.features",
          "variant",
          "config",
          "rootfs",
          "history");
  private static final List<String> CONFIG_ORDER =
      List.of(
          "User",
          "ExposedPorts",
          "Env",
          "Entrypoint",
          "Cmd",
          "Volumes",
          "WorkingDir",
          "Labels",
          "StopSignal");

  private static final String LAYERS = "layers";

  private final Map<String, Object> document;
  private final Map<String, Object> config;
  private final List<Object> diffIds;
  private final List<Object> history;

  private ConfigDocument(JsonObject json) throws IOException {
    document = new LinkedHashMap<>(json.asMap());
    var inner = json.object("config");
    config = new LinkedHashMap<>(inner.isPresent() ? inner.get().asMap() : Map.of());
    var rootfs = json.object("rootfs");
    var type = rootfs.isPresent() ? rootfs.get().string("type").orElse("") : "";
    if (!type.isEmpty() && !type.equals(LAYERS)) {
      throw new InvalidLayerException(
          "cannot add layers to base %s: rootfs has the unknown type \"%s\""
              .formatted(json.path(), type),
          null);
    }
    diffIds = new ArrayList<>(rootfs.isPresent() ? rootfs.get().strings("diff_ids") : List.of());
    history = new ArrayList<>();
    long layers = 0;
    for (var step : json.objects("history")) {
      history.add(step.asMap());
      layers += step.bool("empty_layer").orElse(false) ? 0 : 1;
    }
    // Readers match history and layers from the start, so that a base without history needs one.
    for (; layers < diffIds.size(); layers++) {
      history.add(Map.of("comment", "a layer of the base image"));
    }
  }

  static ConfigDocument of(Platform platform) throws IOException {
    return of(Bytes.of(Json.write(platform.toJson())));
  }

  static ConfigDocument of(Bytes bytes) throws IOException {
    return new ConfigDocument(
        Json.parseObject(bytes.toArray(), "image configuration " + bytes.digest()));
  }

  void put(String name, @Nullable Object value) {
    put(document, name, value);
  }

  void platform(Platform platform) {
    ORDER.subList(2, 7).forEach(document::remove);
    document.putAll(platform.toJson());
  }

  void putConfig(String name, @Nullable Object value) {
    put(config, name, value);
  }

  private static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, value);
    }
  }

  /** Sets variables; one that the base has keeps its place. */
  void env(Map<String, String> variables) {
    var all = new LinkedHashMap<String, String>();
    if (config.get("Env") instanceof List<?> old) {
      old.forEach(line -> all.put(name(String.valueOf(line)), String.valueOf(line)));
    }
    variables.forEach((name, value) -> all.put(name, name + "=" + value));
    putIfAny("Env", List.copyOf(all.values()), all.isEmpty());
  }

  private static String name(String variable) {
    int equals = variable.indexOf('=');
    return equals < 0 ? variable : variable.substring(0, equals);
  }

  /** Adds to an object, which Go writes sorted. */
  void addTo(String name, Map<String, ?> more) {
    var all = new TreeMap<String, Object>();
    if (config.get(name) instanceof Map<?, ?> old) {
      old.forEach((key, value) -> all.put(String.valueOf(key), value));
    }
    all.putAll(more);
    putIfAny(name, all, all.isEmpty());
  }

  private void putIfAny(String name, Object value, boolean none) {
    if (!none) {
      config.put(name, value);
    }
  }

  void layer(Digest diffId, String created, String words) {
    diffIds.add(diffId.toString());
    var step = new LinkedHashMap<String, Object>();
    step.put("created", created);
    step.put("created_by", words);
    history.add(step);
  }

  Bytes bytes() {
    var rootfs = new LinkedHashMap<String, Object>();
    rootfs.put("type", LAYERS);
    rootfs.put("diff_ids", diffIds);
    document.put("config", ordered(config, CONFIG_ORDER));
    document.put("rootfs", rootfs);
    put("history", history.isEmpty() ? null : history);
    return Bytes.of(Json.write(ordered(document, ORDER)));
  }

  private static Map<String, Object> ordered(Map<String, Object> members, List<String> order) {
    var sorted = new LinkedHashMap<String, Object>();
    for (var name : order) {
      if (members.containsKey(name)) {
        sorted.put(name, members.get(name));
      }
    }
    members.forEach(sorted::putIfAbsent);
    return sorted;
  }
}
