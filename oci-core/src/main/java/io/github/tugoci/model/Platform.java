package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an image runs on (image-spec, image-index.md, "platform").
 *
 * @param os the operating system, GOOS' words: {@code linux}
 * @param architecture the processor, GOARCH's words: {@code amd64}
 * @param variant the processor's variant, such as {@code v8}, or null
 * @param osVersion the system's version, or null
 * @param osFeatures features that the system must have; empty if none
 */
public record Platform(
    String os,
    String architecture,
    @Nullable String variant,
    @Nullable String osVersion,
    List<String> osFeatures) {

  /** Copies the list. */
  public Platform {
    osFeatures = List.copyOf(osFeatures);
  }

  /**
   * Reads {@code OS/ARCHITECTURE[/VARIANT]}.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static Platform parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
      throw new IllegalArgumentException(
          "invalid platform \"" + text + "\": write OS/ARCHITECTURE[/VARIANT], as linux/arm64");
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null, null, List.of());
  }

  /**
   * Whether an image for this platform runs where another is wanted. A wanted platform without a
   * variant takes any; {@code arm64} and {@code arm64/v8} are the same.
   */
  public boolean serves(Platform wanted) {
    return os.equals(wanted.os)
        && architecture.equals(wanted.architecture)
        && (wanted.variant == null || wanted.variant.equals(knownVariant()));
  }

  private @Nullable String knownVariant() {
    return variant == null && architecture.equals("arm64") ? "v8" : variant;
  }

  static Platform from(JsonObject json) throws InvalidContentException {
    return new Platform(
        json.string("os").orElse("unknown"),
        json.string("architecture").orElse("unknown"),
        json.string("variant").orElse(null),
        json.string("os.version").orElse(null),
        json.strings("os.features"));
  }

  /** The platform as JSON values, as an index and a configuration have it. */
  public Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("architecture", architecture);
    json.put("os", os);
    if (osVersion != null) {
      json.put("os.version", osVersion);
    }
    if (!osFeatures.isEmpty()) {
      json.put("os.features", osFeatures);
    }
    if (variant != null) {
      json.put("variant", variant);
    }
    return json;
  }

  /** {@code OS/ARCHITECTURE[/VARIANT]}. */
  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
