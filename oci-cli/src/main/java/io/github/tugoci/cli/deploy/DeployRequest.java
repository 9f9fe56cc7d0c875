package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.helm.SemanticVersion;
import io.github.tugoci.json.Json;
import io.github.tugoci.reference.Reference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is asked to be deployed, checked against the policy and not yet against a registry.
 *
 * @param chart the chart's repository, maybe with a digest
 * @param version the chart's version
 * @param images the images by their keys, with those that stand for others
 */
record DeployRequest(Reference chart, String version, Map<String, Reference> images) {
  private static final int MAX_IMAGES = 8 * 1024;
  private static final int MAX_VERSION = 128;

  /**
   * Checks every word.
   *
   * @throws InvalidInputException if the policy doesn't allow one
   */
  static DeployRequest parse(Words words, Policy policy) {
    var reference = Reference.parse(words.chart());
    if (reference.tag() != null) {
      throw new InvalidInputException(
          "invalid --chart: it has a tag", "leave it out: --chart-version sets the version");
    }
    check("chart", reference, policy.chart());
    var version = words.version();
    if (version.length() > MAX_VERSION || SemanticVersion.parse(version).isEmpty()) {
      throw new InvalidInputException(
          "invalid --chart-version: not a semantic version", "write a version such as 1.2.3");
    }
    return new DeployRequest(reference, version, images(words.images(), policy));
  }

  private static Map<String, Reference> images(String text, Policy policy) {
    var bytes = text.getBytes(UTF_8);
    if (bytes.length > MAX_IMAGES) {
      throw new InvalidInputException(
          "--images too large: %d bytes, over the limit of %d".formatted(bytes.length, MAX_IMAGES),
          null);
    }
    Map<String, Object> given;
    try {
      given = Json.parseObject(bytes, "--images").asMap();
    } catch (InvalidContentException e) {
      throw InvalidInputException.of(e, "write {\"api\":\"HOST/NAME:TAG\",…}, each image once");
    }
    var all = new LinkedHashMap<String, Reference>();
    for (var key : given.keySet()) {
      if (!policy.images().containsKey(key)) {
        throw new InvalidInputException(
            "--images: unknown image " + key, PolicyFields.hint(key, policy.imageKeys()));
      }
    }
    policy
        .images()
        .forEach(
            (key, image) -> {
              var fallback = image.fallback().map(all::get);
              if (given.get(key) instanceof String reference) {
                all.put(key, image(key, reference, image.repository()));
              } else if (given.containsKey(key)) {
                throw new InvalidInputException("--images: " + key + " must be a string", null);
              } else if (fallback.isPresent()) {
                all.put(key, fallback.get());
              } else if (image.required()) {
                throw new InvalidInputException(
                    "--images: missing " + key, "the policy requires it");
              }
            });
    return Collections.unmodifiableMap(all);
  }

  private static Reference image(String key, String text, Reference allowed) {
    var reference = Reference.parse(text);
    if (reference.selector().isEmpty()) {
      throw new InvalidInputException(
          "image %s: missing tag or digest".formatted(key), "write " + reference + ":TAG");
    }
    check("image " + key, reference, allowed);
    return reference;
  }

  private static void check(String what, Reference asked, Reference allowed) {
    if (!asked.withoutTagAndDigest().equals(allowed)) {
      throw new InvalidInputException(
          "%s not allowed from %s".formatted(what, asked.withoutTagAndDigest()),
          "the policy allows only %s".formatted(allowed));
    }
  }

  /**
   * The words in which a deployment is asked for.
   *
   * @param chart the chart's repository
   * @param version the chart's version
   * @param images the images by their keys, as JSON
   */
  record Words(String chart, String version, String images) {}
}
