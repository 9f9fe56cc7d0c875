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
 * @param labels free words about it, in order
 * @param diffIds the digests of the uncompressed layers, the base first
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
    Map<String, String> labels,
    List<Digest> diffIds) {

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
        config.stringMap("Labels"),
        List.copyOf(diffIds));
  }

  private static JsonObject orEmpty(@Nullable JsonObject json, String what)
      throws InvalidContentException {
    return json == null ? Json.parseObject(new byte[] {'{', '}'}, what) : json;
  }
}
