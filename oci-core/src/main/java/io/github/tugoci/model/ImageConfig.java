package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import io.github.tugoci.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image's configuration, as far as a client reads it (image-spec, config.md). Everything else is
 * in the bytes.
 *
 * @param bytes the document
 * @param platform what the image runs on
 * @param created when it was made, RFC 3339, or null
 * @param author who made it, or null
 * @param env the environment, {@code NAME=VALUE}
 * @param entrypoint the program and its first arguments
 * @param cmd the default arguments
 * @param user who runs it, or null
 * @param workingDir where it starts, or null
 * @param exposedPorts the ports that it listens on, {@code 8080/tcp}
 * @param volumes the directories whose content is data of its own
 * @param stopSignal the signal that ends it, or null
 * @param labels free words about it, in order
 * @param diffIds the digests of the uncompressed layers, the base first
 * @param history how it came about, the base first
 */
public record ImageConfig(
    Bytes bytes,
    Platform platform,
    @Nullable String created,
    @Nullable String author,
    List<String> env,
    List<String> entrypoint,
    List<String> cmd,
    @Nullable String user,
    @Nullable String workingDir,
    List<String> exposedPorts,
    List<String> volumes,
    @Nullable String stopSignal,
    Map<String, String> labels,
    List<Digest> diffIds,
    List<History> history) {

  /**
   * One step of an image's making.
   *
   * @param created when, RFC 3339, or null
   * @param createdBy the command, or null
   * @param comment free words, or null
   * @param emptyLayer whether it made no layer
   */
  public record History(
      @Nullable String created,
      @Nullable String createdBy,
      @Nullable String comment,
      boolean emptyLayer) {
    static History from(JsonObject json) throws InvalidContentException {
      return new History(
          json.string("created").orElse(null),
          json.string("created_by").orElse(null),
          json.string("comment").orElse(null),
          json.bool("empty_layer").orElse(false));
    }
  }

  /**
   * Reads a configuration.
   *
   * @throws InvalidContentException if it is malformed
   */
  public static ImageConfig parse(Bytes bytes) throws InvalidContentException {
    var what = "image configuration " + bytes.digest();
    var json = Json.parseObject(bytes.toArray(), what);
    var config = orEmpty(json.object("config").orElse(null), what);
    var rootfs = orEmpty(json.object("rootfs").orElse(null), what);
    var diffIds = new ArrayList<Digest>();
    for (var diffId : rootfs.strings("diff_ids")) {
      try {
        diffIds.add(Digest.parse(diffId));
      } catch (IllegalArgumentException e) {
        throw new InvalidContentException(rootfs.path() + ": " + e.getMessage(), e);
      }
    }
    var history = new ArrayList<History>();
    for (var step : json.objects("history")) {
      history.add(History.from(step));
    }
    return new ImageConfig(
        bytes,
        Platform.from(json),
        json.string("created").orElse(null),
        json.string("author").orElse(null),
        config.strings("Env"),
        config.strings("Entrypoint"),
        config.strings("Cmd"),
        config.string("User").orElse(null),
        config.string("WorkingDir").orElse(null),
        names(config, "ExposedPorts"),
        names(config, "Volumes"),
        config.string("StopSignal").orElse(null),
        config.stringMap("Labels"),
        List.copyOf(diffIds),
        List.copyOf(history));
  }

  /** Go's sets are objects whose members say nothing. */
  private static List<String> names(JsonObject json, String name) throws InvalidContentException {
    var set = json.object(name);
    return set.isPresent() ? List.copyOf(set.get().asMap().keySet()) : List.of();
  }

  private static JsonObject orEmpty(@Nullable JsonObject json, String what)
      throws InvalidContentException {
    return json == null ? Json.parseObject(new byte[] {'{', '}'}, what) : json;
  }
}
