package io.github.tugoci.cli.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.cli.shell.ExitCode;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.file.InputFile;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the audit file says was deployed before the newest attempt. */
final class Rollback {
  /** The results of attempts that reached the cluster. */
  private static final Set<String> REACHED = Set.of("applied", "failed", Audit.UNKNOWN);

  private record Attempt(DeployRequest.Words words, boolean deployed) {}

  private Rollback() {}

  /**
   * The words of the last attempt that was deployed, other than the newest: with the digests that
   * chart and images had then.
   *
   * @throws FailedException if there is none
   */
  static DeployRequest.Words find(Policy policy) throws IOException {
    var attempts = attempts(policy);
    for (int i = attempts.size() - 2; i >= 0; i--) {
      var attempt = attempts.get(i);
      if (attempt.deployed()
          && !attempt.words().equals(attempts.get(attempts.size() - 1).words())) {
        return attempt.words();
      }
    }
    throw new FailedException(
        ExitCode.NOT_FOUND,
        "%s names no version of release %s that was deployed before the newest attempt"
            .formatted(policy.auditFile(), policy.release()),
        List.of(),
        "deploy the version that you want with --chart, --chart-version and --images");
  }

  private static List<Attempt> attempts(Policy policy) throws IOException {
    var attempts = new ArrayList<Attempt>();
    try {
      InputFile.requireRegular(policy.auditFile());
      for (var text : Files.readAllLines(policy.auditFile())) {
        read(text, policy).ifPresent(attempts::add);
      }
    } catch (NoSuchFileException e) {
      // nothing was ever deployed
    }
    return attempts;
  }

  private static Optional<Attempt> read(String text, Policy policy) throws IOException {
    try {
      var line = Json.parseObject(text.getBytes(UTF_8), "a line of " + policy.auditFile());
      var result = line.textAt("result");
      return REACHED.contains(result)
              && line.textAt("release").equals(policy.release())
              && line.textAt("namespace").equals(policy.namespace())
          ? Optional.of(new Attempt(words(line, policy), result.equals("applied")))
          : Optional.empty();
    } catch (InvalidContentException e) {
      // A line that was cut off, as by a full disk, tells nothing; the others do.
      return Optional.empty();
    }
  }

  private static DeployRequest.Words words(JsonObject line, Policy policy) throws IOException {
    var found = new LinkedHashMap<String, String>();
    for (var key : policy.images().keySet()) {
      var image = line.objectAt("images", key);
      if (image.isPresent()) {
        var reference = image.get().requiredString("reference");
        var digest = image.get().requiredString("digest");
        found.put(key, reference.contains("@") ? reference : reference + "@" + digest);
      }
    }
    // What stood for another image wasn't asked for.
    policy
        .images()
        .forEach(
            (key, image) ->
                image.fallback().ifPresent(other -> found.remove(key, found.get(other))));
    var chart = line.requiredString("chart");
    return new DeployRequest.Words(
        chart.contains("@") ? chart : chart + "@" + line.requiredString("digest"),
        line.requiredString("version"),
        new String(Json.write(found), UTF_8));
  }
}
