package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.file.FileOwner;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What may be deployed and how: the runner's own file, which nobody who asks for a deployment
 * writes.
 *
 * @param digest the file's
 * @param chart the only repository that the chart may come from
 * @param images what the images may be, by their keys
 * @param pinTags whether a tag is written {@code TAG@DIGEST} where the digest has no path
 * @param signatures who must have signed the chart and the images
 * @param release the release's name
 * @param namespace where it goes
 * @param createNamespace whether that is made
 * @param valuesFile the runner's values
 * @param method how it is deployed
 * @param chartNamespace where the HelmChart stands
 * @param backOffLimit how often its job is tried again
 * @param atomic whether a failed upgrade is rolled back; empty leaves it to who asks
 * @param onFailedRelease what is done with a failed revision in the way; empty refuses unless who
 *     asks says otherwise
 * @param timeout how long it may take
 * @param maxTimeout how long somebody may ask for
 * @param kubectl the program and its first words; empty finds it
 * @param helm the same
 * @param lockFile held while one deploys
 * @param lockTimeout how long another one waits for it
 * @param auditFile gets a line for each attempt
 */
record Policy(
    Digest digest,
    Reference chart,
    Map<String, ImagePolicy> images,
    boolean pinTags,
    SignaturePolicies signatures,
    String release,
    String namespace,
    boolean createNamespace,
    Optional<Path> valuesFile,
    Method method,
    String chartNamespace,
    int backOffLimit,
    Optional<Boolean> atomic,
    Optional<OnFailedRelease> onFailedRelease,
    Duration timeout,
    Duration maxTimeout,
    List<String> kubectl,
    List<String> helm,
    Path lockFile,
    Duration lockTimeout,
    Path auditFile) {
  private static final int MAX_SIZE = 256 * 1024;
  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?");
  private static final int MAX_RELEASE = 53;
  private static final int MAX_K3S_RELEASE = 50;

  enum Method {
    /** By K3s' helm-controller, through kubectl. */
    K3S,
    /** By the program helm. */
    HELM
  }

  /** What is done with a release whose newest revision failed. */
  enum OnFailedRelease {
    /** Nothing is deployed until somebody has looked. */
    REFUSE,
    /** The failed revision's record is deleted, and the deployment goes on from the one before. */
    CLEAR
  }

  /**
   * Reads a policy.
   *
   * @param warnings told that others could change it
   * @throws InvalidInputException if it isn't one, word by word
   */
  static Policy read(Path file, Consumer<String> warnings) throws IOException {
    var bytes = InputFile.read(file, MAX_SIZE + 1);
    warnOfOthers(file, warnings);
    if (bytes.length > MAX_SIZE) {
      throw new InvalidInputException(
          "policy too large: %s: over the limit of %d bytes".formatted(file, MAX_SIZE), null);
    }
    try {
      var fields = PolicyFields.of(file.toString(), Yaml.readStrict(bytes, file.toString()));
      var policy = read(fields, Digest.of(bytes), file.toAbsolutePath());
      fields.end();
      policy.valuesFile.filter(Files::exists).ifPresent(values -> warnOfOthers(values, warnings));
      policy.signatures.entries().values().stream()
          .flatMap(SignaturePolicy::files)
          .distinct()
          .filter(Files::exists)
          .forEach(trusted -> warnOfOthers(trusted, warnings));
      return policy;
    } catch (InvalidYamlException e) {
      throw InvalidInputException.of(e, null);
    }
  }

  private static Policy read(PolicyFields fields, Digest digest, Path file) {
    var chart =
        repository(fields, "chart").orElseThrow(() -> fields.invalid("chart", "is missing"));
    var images = images(fields);
    var method = fields.choice("method", Method.class).orElse(Method.K3S);
    var timeout = fields.duration("timeout", TIMEOUT);
    var maxTimeout = fields.duration("maxTimeout", timeout);
    if (maxTimeout.compareTo(timeout) < 0) {
      throw fields.invalid("maxTimeout", "is less than timeout");
    }
    boolean pinTags = fields.bool("pinTags").orElse(false);
    return new Policy(
        digest,
        chart,
        images,
        pinTags,
        SignaturePolicies.read(fields, images, pinTags, file),
        release(fields, method),
        fields.required("namespace", LABEL, "a DNS label"),
        fields.bool("createNamespace").orElse(true),
        fields.string("values").map(file::resolveSibling),
        method,
        fields.string("chartNamespace", LABEL, "a DNS label").orElse("kube-system"),
        fields.integer("backOffLimit", 2, 1000),
        fields.bool("atomic"),
        fields.choice("onFailedRelease", OnFailedRelease.class),
        timeout,
        maxTimeout,
        fields.strings("kubectl"),
        fields.strings("helm"),
        file.resolveSibling(fields.string("lockFile").orElse(file.getFileName() + ".lock")),
        fields.duration("lockTimeout", LOCK_TIMEOUT),
        file.resolveSibling(
            fields.string("auditFile").orElse(file.getFileName() + ".audit.jsonl")));
  }

  /** Helm's limit; and the job of helm-controller has 13 more characters, of at most 63. */
  private static String release(PolicyFields fields, Method method) {
    int most = method == Method.K3S ? MAX_K3S_RELEASE : MAX_RELEASE;
    var form = "a DNS label of at most %d characters".formatted(most);
    var release = fields.required("release", LABEL, form);
    if (release.length() > most) {
      throw fields.invalid("release", "must be " + form);
    }
    return release;
  }

  private static Map<String, ImagePolicy> images(PolicyFields fields) {
    var all = fields.map("images").map(PolicyFields::maps).orElse(Map.of());
    var images = new LinkedHashMap<String, ImagePolicy>();
    all.forEach((key, image) -> images.put(key, image(key, image, images)));
    return Collections.unmodifiableMap(images);
  }

  private static ImagePolicy image(
      String key, PolicyFields fields, Map<String, ImagePolicy> before) {
    var fallback = fields.string("fallback");
    if (fallback.isPresent() && !before.containsKey(fallback.get())) {
      throw fields.invalid("fallback", "must be an image that stands above " + key);
    }
    var repository =
        repository(fields, "repository")
            .or(() -> fallback.map(before::get).map(ImagePolicy::repository))
            .orElseThrow(() -> fields.invalid("repository", "is missing"));
    boolean required = fields.bool("required").orElse(fallback.isEmpty());
    if (required && fallback.isPresent()) {
      throw fields.invalid("fallback", "can't be combined with required");
    }
    var paths =
        ImagePolicy.Paths.read(
            fields.map("values").orElseThrow(() -> fields.invalid("values", "is missing")));
    fields.end();
    return new ImagePolicy(repository, required, fallback, paths);
  }

  private static Optional<Reference> repository(PolicyFields fields, String key) {
    return fields
        .string(key)
        .map(
            text -> {
              try {
                var reference = Reference.parse(text);
                if (reference.selector().isPresent()) {
                  throw fields.invalid(key, "must be a repository, without tag and digest");
                }
                return reference;
              } catch (InvalidReferenceException e) {
                throw fields.invalid(key, "must be a repository: " + e.getMessage());
              }
            });
  }

  private static void warnOfOthers(Path file, Consumer<String> warnings) {
    if (FileOwner.othersMayWrite(file)) {
      warnings.accept(
          "others may write %s, and so deploy what they like; chmod go-w %1$s".formatted(file));
    }
  }

  SortedSet<String> imageKeys() {
    return new TreeSet<>(images.keySet());
  }
}
