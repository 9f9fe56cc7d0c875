package io.github.tugoci.model;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platform of an image (image-spec, image-index.md, "platform").
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

  private static final int UNKNOWN = -1;
  private static final Map<String, String> USUAL_VARIANTS =
      Map.of("arm64", "v8", "arm", "v7", "amd64", "v1");
  private static final Pattern VARIANT = Pattern.compile("v?([0-9]{1,2})(?:[.]([0-9]))?");
  private static final Pattern FORM =
      Pattern.compile("([^/()]+)(?:[(]([^/()]+)[)])?/([^/()]+)(?:/([^/()]+))?");

  /** Copies the list. */
  public Platform {
    osFeatures = List.copyOf(osFeatures);
  }

  /**
   * Reads {@code OS[(OSVERSION)]/ARCHITECTURE[/VARIANT]}, as containerd does.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static Platform parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "invalid platform \"" + text + "\": write OS/ARCHITECTURE[/VARIANT], as linux/arm64");
    }
    return new Platform(form.group(1), form.group(3), form.group(4), form.group(2), List.of());
  }

  /**
   * Whether an image for this platform runs where another is wanted. Processors run what was made
   * for older ones of their kind: {@code arm/v7} runs v6 and v5, {@code amd64/v3} runs v2 and v1.
   * Without a variant, {@code arm64} is v8, {@code arm} v7 and {@code amd64} v1, as containerd has
   * it; of other architectures any variant does then. A version of the system that is wanted is
   * that of the image or its beginning.
   */
  public boolean serves(Platform wanted) {
    return os.equals(wanted.os)
        && architecture.equals(wanted.architecture)
        && servesVariant(wanted)
        && (wanted.osVersion == null || (osVersion + ".").startsWith(wanted.osVersion + "."));
  }

  private boolean servesVariant(Platform wanted) {
    int made = level();
    int has = wanted.level();
    return (made == UNKNOWN || has == UNKNOWN)
        ? wanted.variant == null || wanted.variant.equals(variant)
        : made <= has;
  }

  /**
   * The level of the processor: higher for a newer one. Only numbers of the same architecture can
   * be compared.
   */
  public int level() {
    var usual = USUAL_VARIANTS.get(architecture);
    var number = VARIANT.matcher(variant == null ? String.valueOf(usual) : variant);
    if (usual == null || !number.matches()) {
      return UNKNOWN;
    }
    var minor = number.group(2);
    return (10 * Integer.parseInt(number.group(1))) + (minor == null ? 0 : Integer.parseInt(minor));
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
