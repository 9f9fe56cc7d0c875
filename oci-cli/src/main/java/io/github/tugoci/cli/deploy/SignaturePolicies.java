package io.github.tugoci.cli.deploy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who must have signed what: the policy's {@code signatures}. Where there are any, nothing is left
 * out by mistake: the chart and each image have an entry, or {@code all} stands for them, or the
 * word {@code unsigned} says that nobody need have signed it.
 *
 * @param entries what is asked for, by the images' keys and {@code chart}; without an entry nothing
 *     is
 */
record SignaturePolicies(Map<String, SignaturePolicy> entries) {
  /** The chart's key, which no image has then. */
  static final String CHART = "chart";

  private static final String ALL = "all";
  private static final String UNSIGNED = "unsigned";

  SignaturePolicies {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** What is asked for an image or the chart; empty if nothing is. */
  Optional<SignaturePolicy> of(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /**
   * Reads them.
   *
   * @param file the policy's file
   */
  static SignaturePolicies read(
      PolicyFields policy, Map<String, ImagePolicy> images, boolean pinTags, Path file) {
    var fields = policy.map("signatures");
    if (fields.isEmpty()) {
      return new SignaturePolicies(Map.of());
    }
    return entries(fields.get(), images, pinTags, file);
  }

  private static SignaturePolicies entries(
      PolicyFields fields, Map<String, ImagePolicy> images, boolean pinTags, Path file) {
    var known = new HashSet<>(images.keySet());
    known.addAll(List.of(CHART, ALL));
    fields.onlyKnows(known);
    var all = fields.map(ALL).map(entry -> SignaturePolicy.read(entry, file));
    var entries = new LinkedHashMap<String, SignaturePolicy>();
    entry(fields, CHART, all, file).ifPresent(entry -> entries.put(CHART, entry));
    images.forEach(
        (key, image) -> {
          if (key.equals(CHART) || key.equals(ALL)) {
            throw fields.invalid(key, "is the key of an image: it must have another one");
          }
          var entry = entry(fields, key, all, file);
          if (entry.isPresent() && !isPinned(image, pinTags)) {
            throw fields.invalid(
                key,
                "asks for signatures of an image that is deployed by its tag: give the image's"
                    + " values a digest, or say pinTags: true");
          }
          entry.ifPresent(policy -> entries.put(key, policy));
        });
    return new SignaturePolicies(entries);
  }

  private static Optional<SignaturePolicy> entry(
      PolicyFields fields, String key, Optional<SignaturePolicy> all, Path file) {
    if (fields.isText(key)) {
      if (!fields.required(key).equals(UNSIGNED)) {
        throw fields.invalid(key, "must be a map, or the word unsigned");
      }
      return Optional.empty();
    }
    var own = fields.map(key).map(entry -> SignaturePolicy.read(entry, file)).or(() -> all);
    if (own.isEmpty()) {
      throw fields.invalid(key, "is missing: write who must have signed it, or unsigned");
    }
    return own;
  }

  /** Whether what was verified is what is deployed. */
  private static boolean isPinned(ImagePolicy image, boolean pinTags) {
    return image.paths().digest().isPresent() || (pinTags && image.paths().tag().isPresent());
  }
}
